package org.longspan.model;

import org.longspan.model.ModelConfig.Attention;
import org.longspan.model.ModelConfig.Embedding;
import org.longspan.model.ModelConfig.FeedForward;
import org.longspan.model.ModelConfig.Norms;

/**
 * What Gemma 2 and 3 share: embeddings times the square root of their width, norms around each
 * block whose weights are stored less 1, GELU, and windows in most layers.
 */
abstract class GemmaShaped extends LlamaShaped {
  private static final int HEAD_SIZE = 256;
  private static final int QUERY_SCALAR = 256;
  private static final int WINDOW = 4096;

  @Override
  final Embedding embedding(ConfigFile file) {
    file.requireUnset("use_bidirectional_attention");
    return embedding(file, Math.sqrt(file.positive("hidden_size")), true);
  }

  @Override
  final int headSize(ConfigFile file) {
    return file.positive("head_dim", HEAD_SIZE);
  }

  @Override
  Attention attention(ConfigFile file) {
    return super.attention(file)
        .scaledBy(1 / Math.sqrt(file.number("query_pre_attn_scalar", QUERY_SCALAR)));
  }

  @Override
  final FeedForward feedForward(ConfigFile file) {
    Activation activation = file.activation("hidden_activation", Activation.GELU_TANH);
    return new FeedForward(file.positive("intermediate_size"), activation, true, false);
  }

  @Override
  final Norms norms(ConfigFile file) {
    return new Norms(
        Norms.Kind.SCALE, file.number("rms_norm_eps", 1e-6), 1, Norms.Place.AROUND, true);
  }

  static int window(ConfigFile file) {
    return file.positive("sliding_window", WINDOW);
  }

  /** A cap that the file gives, that it has as null for none, or that it leaves to the family. */
  static double cap(ConfigFile file, String name, double otherwise) {
    return file.names(name) ? file.number(name, 0) : otherwise;
  }
}
