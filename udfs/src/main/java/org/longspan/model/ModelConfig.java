package org.longspan.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What {@code config.json} says of a decoder, in the same words for every family.
 *
 * @param architecture the first of {@code architectures}, such as {@code LlamaForCausalLM}
 * @param vocabulary number of tokens
 * @param startToken the token that texts began with in training, where the file names one
 * @param positions tokens that the model was trained to see at once
 * @param hidden width of the residual stream
 * @param embedding the two ends
 * @param attention what the attention of every layer shares
 * @param feedForward the feed-forward layers
 * @param norms the norms
 * @param parallel whether attention and feed-forward read the same residual stream
 * @param logitCap c of the output layer's c tanh(logit / c); 0 for none
 * @param pattern what tells a layer from another, from the first to the last
 */
public record ModelConfig(
    String architecture,
    int vocabulary,
    OptionalInt startToken,
    int positions,
    int hidden,
    Embedding embedding,
    Attention attention,
    FeedForward feedForward,
    Norms norms,
    boolean parallel,
    double logitCap,
    List<Layer> pattern) {

  /**
   * @param width of the embedding and the output layer; a matrix makes it hidden where it differs
   * @param scale what an embedding is multiplied by
   * @param tied whether the output layer is the embedding
   * @param positioned whether positions have embeddings of their own, so that none is beyond them
   */
  public record Embedding(int width, double scale, boolean tied, boolean positioned) {}

  /**
   * @param heads query heads a layer
   * @param keyHeads key and value heads a layer; {@code heads} is a multiple of it
   * @param size width of a head
   * @param scale what the products of queries and keys are multiplied by
   * @param cap c of c tanh(product / c); 0 for none
   * @param normed whether queries and keys have norms
   * @param biased whether the projections to queries, keys and values have biases
   * @param outBiased whether the projection back has a bias
   */
  public record Attention(
      int heads,
      int keyHeads,
      int size,
      double scale,
      double cap,
      boolean normed,
      boolean biased,
      boolean outBiased) {
    /** Attention as it was first published: products over the square root of the head's width. */
    static Attention plain(int heads, int keyHeads, int size) {
      return new Attention(heads, keyHeads, size, 1 / Math.sqrt(size), 0, false, false, false);
    }

    Attention scaledBy(double other) {
      return new Attention(heads, keyHeads, size, other, cap, normed, biased, outBiased);
    }

    Attention cappedAt(double other) {
      return new Attention(heads, keyHeads, size, scale, other, normed, biased, outBiased);
    }

    Attention withNorms() {
      return new Attention(heads, keyHeads, size, scale, cap, true, biased, outBiased);
    }

    Attention withBiases(boolean in, boolean out) {
      return new Attention(heads, keyHeads, size, scale, cap, normed, in, out);
    }
  }

  /**
   * @param inner width of the layer
   * @param activation its function
   * @param gated whether a second projection multiplies the activation
   * @param biased whether its projections have biases
   */
  public record FeedForward(int inner, Activation activation, boolean gated, boolean biased) {}

  /**
   * @param kind what is taken out
   * @param epsilon added to the mean square
   * @param offset added to each weight: some families store the difference from 1
   * @param place where they stand
   * @param last whether there is one before the output layer
   */
  public record Norms(Kind kind, double epsilon, double offset, Place place, boolean last) {
    /** What a norm takes out of a vector. */
    public enum Kind {
      /** The scale: RMSNorm. */
      SCALE,
      /** The mean and the scale: LayerNorm. */
      MEAN_AND_SCALE
    }

    /** Where a layer's norms stand. */
    public enum Place {
      /** Before attention and feed-forward. */
      BEFORE,
      /** Before both, and behind both before their result is added. */
      AROUND,
      /** Behind both, on the sum with the residual stream. */
      BEHIND
    }
  }

  /**
   * @param window tokens that a token sees, itself included; 0 for all
   * @param rotary how its queries and keys turn with the position, if they do
   */
  public record Layer(int window, Optional<Rotary> rotary) {}

  static ModelConfig read(Path path) {
    ConfigFile file = ConfigFile.read(path);
    ModelConfig config = ModelFamilies.require(file.architecture(), path).config(file);
    config.check(path);
    return config;
  }

  /**
   * A model whose arithmetic is a file of its own: what it is inside is not known, and 0 here. It
   * may have embeddings of its positions, so none beyond them is asked for.
   */
  static ModelConfig opaque(
      String architecture, int vocabulary, OptionalInt startToken, int positions) {
    return new ModelConfig(
        architecture,
        vocabulary,
        startToken,
        positions,
        0,
        new Embedding(0, 0, false, true),
        new Attention(0, 0, 0, 0, 0, false, false, false),
        new FeedForward(0, Activation.SILU, false, false),
        new Norms(Norms.Kind.SCALE, 0, 0, Norms.Place.BEFORE, false),
        false,
        0,
        List.of());
  }

  /** Number of layers. */
  public int layers() {
    return pattern.size();
  }

  /**
   * Checks that the model was trained on rows of this length.
   *
   * @throws ModelException if it has fewer positions
   */
  public void requirePositions(int tokens) {
    if (tokens > positions) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "The model has %,d positions, but %,d tokens are asked for at once (a start token counts, where one is set): choose a smaller window or a model with more positions.",
              positions,
              tokens));
    }
  }

  /** Parameters of the model, without biases; tied ones count once. */
  public long parameters() {
    int size = attention.size();
    long mixing = (long) hidden * size * (2L * attention.heads() + 2L * attention.keyHeads());
    long feeding = (feedForward.gated() ? 3L : 2L) * hidden * feedForward.inner();
    long norming = (norms.place() == Norms.Place.AROUND ? 4L : 2L) * hidden;
    norming += attention.normed() ? 2L * size : 0;
    return ends() + layers() * (mixing + feeding + norming);
  }

  private long ends() {
    long width = embedding.width();
    return (embedding.tied() ? 1 : 2) * vocabulary * width
        + (width == hidden ? 0 : 2 * width * hidden)
        + (embedding.positioned() ? (long) positions * hidden : 0)
        + (norms.last() ? hidden : 0);
  }

  private void check(Path file) {
    if (attention.heads() % attention.keyHeads() != 0) {
      throw new ModelException(
          "%s has %d attention heads, not a multiple of its %d key and value heads: the file is damaged; fetch it again."
              .formatted(file, attention.heads(), attention.keyHeads()));
    }

    boolean turns = pattern.stream().anyMatch(layer -> layer.rotary().isPresent());

    if (turns && attention.size() % 2 != 0) {
      throw new ModelException(
          "%s has heads of an odd width, %d, which a rotary embedding cannot turn: the file is damaged; fetch it again."
              .formatted(file, attention.size()));
    }
  }
}
