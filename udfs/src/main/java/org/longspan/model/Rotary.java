package org.longspan.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;

/**
 * A rotary position embedding (arXiv 2104.09864): dimensions i and i + width / 2 of a query or key
 * at position p turn by p / base^(2 i / width) radians, before the scaling.
 *
 * @param base of the wavelengths
 * @param width dimensions of a head that turn, the first ones; an even number
 * @param scaling what was done for longer texts than those of the first training
 */
public record Rotary(double base, int width, RotaryScaling scaling) {

  /**
   * The embedding that a {@code config.json} describes in {@code rope_parameters} (new files), or
   * in {@code rope_scaling} and keys of its own (old ones).
   *
   * @param headSize width of a head
   * @param defaultBase the family's base where the file has none
   */
  static Rotary read(ConfigFile file, int headSize, double defaultBase) {
    return read(file, parameters(file), headSize, "rope_theta", defaultBase, 1);
  }

  /** As {@link #read(ConfigFile, int, double)}, from a node and with a family's own names. */
  static Rotary read(
      ConfigFile file,
      JsonNode parameters,
      int headSize,
      String baseKey,
      double defaultBase,
      double defaultPart) {
    double base =
        Stream.of(parameters, file.node("rope_parameters"))
            .map(node -> node.path("rope_theta"))
            .filter(JsonNode::isNumber)
            .map(JsonNode::asDouble)
            .findFirst()
            .orElseGet(() -> file.number(baseKey, defaultBase));
    double part = parameters.path("partial_rotary_factor").asDouble(defaultPart);
    int width = (int) (headSize * part);
    return new Rotary(base, width, RotaryScaling.read(file, parameters));
  }

  /** The object that has the scaling, whichever form the file is in. */
  static JsonNode parameters(ConfigFile file) {
    return file.has("rope_scaling") ? file.node("rope_scaling") : file.node("rope_parameters");
  }

  /**
   * Angles a position, in single precision at each step, as the models were trained and as
   * transformers computes them: at position 30,000 a rounding of the frequency is a visible turn.
   *
   * @param headSize width of a head
   * @return headSize / 2 angles, those of the pairs that do not turn 0
   */
  float[] frequencies(int headSize) {
    float[] powers = new float[width / 2];

    for (int i = 0; i < powers.length; i++) {
      powers[i] = (float) Math.pow(base, (float) (2 * i) / width);
    }

    float[] frequencies = new float[headSize / 2];
    System.arraycopy(scaling.frequencies(powers, base), 0, frequencies, 0, powers.length);
    return frequencies;
  }
}
