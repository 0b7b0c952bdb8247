package org.longspan.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.longspan.model.DecoderWeights.Linear;
import org.longspan.model.DecoderWeights.Norm;

/**
 * A decoder's weights in the order that {@code gradient.pt} wants, each as its checkpoint has it: a
 * step along their gradients is a step of training.
 *
 * <p>The network knows what Llama and GPT-2 have: norms before attention and feed-forward, one kind
 * of layer, attention to all earlier tokens. Other models are refused.
 */
final class GradientWeights {
  private final List<NDArray> arrays = new ArrayList<>();

  private GradientWeights() {}

  /**
   * Reads a model's weights.
   *
   * @param owner holds the weights
   */
  static GradientWeights read(ModelConfig config, Checkpoint checkpoint, NDManager owner) {
    ModelFamily family = ModelFamilies.require(config.architecture(), checkpoint.directory());
    GradientWeights weights = new GradientWeights();

    try (NDManager scratch = owner.newSubManager()) {
      DecoderWeights.Ends ends = family.ends(config, new TensorReader(checkpoint, scratch));
      weights.add(
          owner,
          ends.embedding(),
          ends.head(),
          ends.norm().weight(),
          ends.norm().bias(),
          ends.positions(),
          frequencies(config, scratch));
    }

    for (int i = 0; i < config.layers(); i++) {
      try (NDManager scratch = owner.newSubManager()) {
        DecoderWeights.Layer layer = family.layer(config, new TensorReader(checkpoint, scratch), i);
        DecoderWeights.Projections in = layer.projections();
        weights.add(owner, in.norm());
        weights.add(owner, in.query(), in.key(), in.value(), layer.out());
        weights.add(owner, layer.feedForwardNorm());
        weights.add(owner, layer.gate(), layer.up(), layer.down());
      }
    }

    return weights;
  }

  /** All arrays, as {@code gradient.py} lists them. */
  List<NDArray> arrays() {
    return arrays;
  }

  /** What about a model the network does not know, in a few words; empty where it knows all. */
  static Optional<String> unknown(ModelConfig config) {
    if (config.layers() == 0) {
      return Optional.of("its arithmetic is a TorchScript file");
    }

    if (config.norms().place() != ModelConfig.Norms.Place.BEFORE || config.parallel()) {
      return Optional.of("its norms do not stand before attention and feed-forward in turn");
    }

    if (config.attention().normed()) {
      return Optional.of("its queries and keys have norms");
    }

    if (config.attention().cap() != 0 || config.logitCap() != 0) {
      return Optional.of("its logits are capped");
    }

    ModelConfig.Embedding embedding = config.embedding();

    if (embedding.width() != config.hidden() || embedding.scale() != 1) {
      return Optional.of("its embedding is projected or scaled");
    }

    if (config.pattern().stream().distinct().count() > 1 || config.pattern().get(0).window() > 0) {
      return Optional.of("its layers differ or see a window");
    }

    return config.pattern().get(0).rotary().filter(rotary -> !plain(rotary, config)).isPresent()
        ? Optional.of("its rotary embedding turns a part of a head, or is scaled")
        : Optional.empty();
  }

  private static boolean plain(Rotary rotary, ModelConfig config) {
    return rotary.width() == config.attention().size() && rotary.scaling().attentionFactor() == 1;
  }

  private static NDArray frequencies(ModelConfig config, NDManager manager) {
    return manager.create(
        config
            .pattern()
            .get(0)
            .rotary()
            .map(rotary -> rotary.frequencies(config.attention().size()))
            .orElse(new float[0]));
  }

  private void add(NDManager owner, Norm norm) {
    add(owner, norm.weight(), norm.bias());
  }

  private void add(NDManager owner, Linear... projections) {
    for (Linear projection : projections) {
      add(owner, projection.weight(), projection.bias());
    }
  }

  private void add(NDManager owner, NDArray... weights) {
    for (NDArray weight : weights) {
      weight.attach(owner);
      arrays.add(weight);
    }
  }
}
