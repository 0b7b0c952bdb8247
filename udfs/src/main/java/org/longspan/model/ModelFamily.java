package org.longspan.model;

/** How the checkpoints of one architecture name and lay out their weights. */
interface ModelFamily {
  /** The name in {@code architectures} of {@code config.json}. */
  String architecture();

  /** Reads the weights of a model. */
  DecoderWeights read(ModelConfig config, TensorReader tensors);
}
