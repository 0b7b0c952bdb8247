package org.longspan.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * How a {@link Rotary} embedding was fitted to longer texts. Numbers are in single precision at
 * each step, as transformers computes them.
 */
public sealed interface RotaryScaling {

  /**
   * Angles a position.
   *
   * @param powers base^(2 i / width), one for each pair of dimensions
   */
  float[] frequencies(float[] powers, double base);

  /** What turned queries and keys are each multiplied by. */
  default double attentionFactor() {
    return 1;
  }

  /** None. */
  record None() implements RotaryScaling {
    @Override
    public float[] frequencies(float[] powers, double base) {
      float[] frequencies = new float[powers.length];

      for (int i = 0; i < powers.length; i++) {
        frequencies[i] = 1f / powers[i];
      }

      return frequencies;
    }
  }

  /** Position interpolation (arXiv 2306.15595): every angle over the factor. */
  record Linear(double factor) implements RotaryScaling {
    @Override
    public float[] frequencies(float[] powers, double base) {
      float[] frequencies = new None().frequencies(powers, base);

      for (int i = 0; i < powers.length; i++) {
        frequencies[i] /= (float) factor;
      }

      return frequencies;
    }
  }

  /**
   * Llama 3.1's (arXiv 2407.21783): angles whose wavelength passes trained / low are divided by the
   * factor, those below trained / high stay, and those between are mixed.
   *
   * @param trained tokens of the first training
   */
  record Llama3(double factor, double low, double high, int trained) implements RotaryScaling {
    @Override
    public float[] frequencies(float[] powers, double base) {
      float[] frequencies = new None().frequencies(powers, base);

      for (int i = 0; i < powers.length; i++) {
        float plain = frequencies[i];
        float wavelength = (float) (2 * Math.PI) / plain;

        if (wavelength > (float) (trained / low)) {
          frequencies[i] = plain / (float) factor;
        } else if (wavelength >= (float) (trained / high)) {
          float share = (trained / wavelength - (float) low) / (float) (high - low);
          frequencies[i] = (1 - share) * plain / (float) factor + share * plain;
        }
      }

      return frequencies;
    }
  }

  /**
   * YaRN (arXiv 2309.00071): angles that turn less than slow times within the trained length are
   * divided by the factor, those that turn more than fast times stay, and those between are mixed.
   *
   * @param trained tokens of the first training
   * @param whole whether the two bounds are rounded outwards to whole pairs
   */
  record Yarn(
      double factor, double attentionFactor, double fast, double slow, int trained, boolean whole)
      implements RotaryScaling {
    @Override
    public float[] frequencies(float[] powers, double base) {
      int width = 2 * powers.length;
      double first = pairThatTurns(fast, width, base);
      double last = pairThatTurns(slow, width, base);
      first = Math.max(whole ? Math.floor(first) : first, 0);
      last = Math.min(whole ? Math.ceil(last) : last, width - 1);
      last += first == last ? 0.001 : 0;
      float[] frequencies = new float[powers.length];

      for (int i = 0; i < powers.length; i++) {
        float ramp = (i - (float) first) / (float) (last - first);
        float kept = 1 - Math.min(Math.max(ramp, 0), 1);
        float stretched = 1 / ((float) factor * powers[i]);
        frequencies[i] = stretched * (1 - kept) + 1 / powers[i] * kept;
      }

      return frequencies;
    }

    private double pairThatTurns(double times, int width, double base) {
      return width * Math.log(trained / (times * 2 * Math.PI)) / (2 * Math.log(base));
    }

    /** 0.1 ln(factor) + 1, or the ratio of two such where the file weighs them. */
    private static double attentionFactor(JsonNode parameters, double factor) {
      double scale = parameters.path("mscale").asDouble(0);
      double all = parameters.path("mscale_all_dim").asDouble(0);
      double ratio =
          scale != 0 && all != 0 ? mscale(factor, scale) / mscale(factor, all) : mscale(factor, 1);
      return parameters.path("attention_factor").asDouble(ratio);
    }

    private static double mscale(double factor, double weight) {
      return factor <= 1 ? 1 : 0.1 * weight * Math.log(factor) + 1;
    }
  }

  /** The scaling of {@code rope_scaling} or {@code rope_parameters}. */
  static RotaryScaling read(ConfigFile file, JsonNode parameters) {
    String type = parameters.path("rope_type").asText(parameters.path("type").asText("default"));
    int positions = file.positive("max_position_embeddings");
    int trained =
        file.positive(
            "original_max_position_embeddings",
            parameters.path("original_max_position_embeddings").asInt(positions));
    double factor = parameters.path("factor").asDouble((double) positions / trained);

    return switch (type) {
      case "default" -> new None();
      case "linear" -> new Linear(factor);
      case "llama3" ->
          new Llama3(
              factor,
              parameters.path("low_freq_factor").asDouble(1),
              parameters.path("high_freq_factor").asDouble(4),
              trained);
      case "yarn" ->
          new Yarn(
              factor,
              Yarn.attentionFactor(parameters, factor),
              parameters.path("beta_fast").asDouble(32),
              parameters.path("beta_slow").asDouble(1),
              trained,
              parameters.path("truncate").asBoolean(true));
      default ->
          throw file.refused("rope_type", type, List.of("default", "linear", "llama3", "yarn"));
    };
  }
}
