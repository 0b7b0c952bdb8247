package org.longspan.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What {@code config.json} says of a decoder.
 *
 * @param architecture the first of {@code architectures}, such as {@code LlamaForCausalLM}
 * @param hidden width of the residual stream
 * @param inner width of the feed-forward layer
 * @param layers number of layers
 * @param heads query heads a layer
 * @param keyHeads key and value heads a layer; {@code heads} is a multiple of it
 * @param headSize width of a head
 * @param vocabulary number of tokens
 * @param positions tokens that the model was trained to see at once
 * @param epsilon added to the mean square in norms
 * @param rotaryBase base of the rotary embedding
 * @param tied whether the output layer is the embedding
 * @param attentionBias whether the attention's projections have biases
 * @param feedForwardBias whether the feed-forward layer's projections have biases
 * @param startToken the id that stands at the beginning of a text, if there is one
 */
public record ModelConfig(
    String architecture,
    int hidden,
    int inner,
    int layers,
    int heads,
    int keyHeads,
    int headSize,
    int vocabulary,
    int positions,
    double epsilon,
    double rotaryBase,
    boolean tied,
    boolean attentionBias,
    boolean feedForwardBias,
    OptionalInt startToken) {
  private static final double DEFAULT_ROTARY_BASE = 10_000;
  private static final Set<String> PLAIN_ROTARY = Set.of("default");
  private static final Set<String> SILU = Set.of("silu", "swish");

  static ModelConfig read(Path file) {
    return new Reader(file).config();
  }

  /** A model whose arithmetic is a file of its own: what it is inside is not known, and 0 here. */
  static ModelConfig opaque(String architecture, int vocabulary, int positions) {
    return new ModelConfig(
        architecture, 0, 0, 0, 0, 0, 0, vocabulary, positions, 0, 0, false, false, false,
        OptionalInt.empty());
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
              "The model has %,d positions, but %,d tokens are asked for at once: choose a smaller window or a model with more positions.",
              positions,
              tokens));
    }
  }

  /** Parameters of the model, without biases; tied ones count once. */
  public long parameters() {
    long attention = (long) hidden * headSize * (2L * heads + 2L * keyHeads);
    long feedForward = 3L * hidden * inner;
    long ends = (tied ? 1L : 2L) * vocabulary * hidden + hidden;
    return ends + layers * (attention + feedForward + 2L * hidden);
  }

  private static final class Reader {
    private final Path file;
    private final JsonNode root;

    Reader(Path file) {
      this.file = file;

      try {
        this.root = new ObjectMapper().readTree(Files.readAllBytes(file));
      } catch (JsonProcessingException e) {
        throw new ModelException(
            "%s is not JSON (%s): fetch it again.".formatted(file, e.getOriginalMessage()), e);
      } catch (IOException e) {
        throw new ModelException("%s cannot be read: check its permissions.".formatted(file), e);
      }
    }

    ModelConfig config() {
      String architecture = root.path("architectures").path(0).asText("");
      ModelFamilies.require(architecture, file);
      requireOneOf("hidden_act", root.path("hidden_act").asText("silu"), SILU);

      int hidden = positive("hidden_size");
      int heads = positive("num_attention_heads");
      int keyHeads =
          root.hasNonNull("num_key_value_heads") ? positive("num_key_value_heads") : heads;
      int headSize = root.hasNonNull("head_dim") ? positive("head_dim") : hidden / heads;

      if (heads % keyHeads != 0) {
        throw new ModelException(
            "%s has %d attention heads, not a multiple of its %d key and value heads: the file is damaged; fetch it again."
                .formatted(file, heads, keyHeads));
      }

      if (headSize % 2 != 0) {
        throw new ModelException(
            "%s has heads of an odd width, %d, which a rotary embedding cannot turn: the file is damaged; fetch it again."
                .formatted(file, headSize));
      }

      return new ModelConfig(
          architecture,
          hidden,
          positive("intermediate_size"),
          positive("num_hidden_layers"),
          heads,
          keyHeads,
          headSize,
          positive("vocab_size"),
          positive("max_position_embeddings"),
          root.path("rms_norm_eps").asDouble(1e-6),
          rotaryBase(),
          root.path("tie_word_embeddings").asBoolean(false),
          root.path("attention_bias").asBoolean(false),
          root.path("mlp_bias").asBoolean(false),
          startToken());
    }

    private OptionalInt startToken() {
      JsonNode id = root.path("bos_token_id");
      return id.isInt() ? OptionalInt.of(id.asInt()) : OptionalInt.empty();
    }

    /** From {@code rope_parameters} (new files) or {@code rope_theta} (old ones). */
    private double rotaryBase() {
      JsonNode parameters = root.path("rope_parameters");
      JsonNode scaling = root.hasNonNull("rope_scaling") ? root.path("rope_scaling") : parameters;
      String type = scaling.path("rope_type").asText(scaling.path("type").asText("default"));
      requireOneOf("rope_type", type, PLAIN_ROTARY);
      return parameters
          .path("rope_theta")
          .asDouble(root.path("rope_theta").asDouble(DEFAULT_ROTARY_BASE));
    }

    private int positive(String name) {
      JsonNode value = root.path(name);

      if (!value.isIntegralNumber() || !value.canConvertToInt() || value.asInt() <= 0) {
        throw new ModelException(
            "%s must give %s as a positive whole number, but has %s: fetch the file again."
                .formatted(file, name, value.isMissingNode() ? "none" : value));
      }

      return value.asInt();
    }

    private void requireOneOf(String name, String value, Set<String> known) {
      if (!known.contains(value)) {
        throw new ModelException(
            "%s asks for %s '%s', which cannot be run: choose a model with %s."
                .formatted(
                    file, name, value, String.join(" or ", known.stream().sorted().toList())));
      }
    }
  }
}
