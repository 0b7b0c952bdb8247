package org.longspan.model;

import ai.djl.ndarray.NDArray;

/**
 * What one architecture's published files mean: its keys of {@code config.json} in the words of
 * {@link ModelConfig}, and its tensors as those of {@link DecoderWeights}. A family only reads;
 * what is read is folded and freed where the weights are made.
 */
interface ModelFamily {
  /** The name in {@code architectures} of {@code config.json}. */
  String architecture();

  /** What a {@code config.json} says, with the family's own defaults. */
  ModelConfig config(ConfigFile file);

  /**
   * What the first layer reads of each token, [vocabulary, hidden], before the embedding's scale;
   * of a reader for {@linkplain TensorReader#of some tokens}, the rows of those.
   */
  NDArray embedding(ModelConfig config, TensorReader tensors);

  /** Embeddings of positions, [length, hidden], or empty. */
  NDArray positions(ModelConfig config, TensorReader tensors);

  /** What makes the queries, keys and values of a layer, counted from 0. */
  DecoderWeights.Projections projections(ModelConfig config, TensorReader tensors, int number);

  /** The weights before the first layer and after the last. */
  DecoderWeights.Ends ends(ModelConfig config, TensorReader tensors);

  /** The weights of a layer, counted from 0. */
  DecoderWeights.Layer layer(ModelConfig config, TensorReader tensors, int number);
}
