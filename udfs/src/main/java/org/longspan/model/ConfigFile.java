package org.longspan.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntPredicate;

/** The values of a {@code config.json}, each checked as it is read. A null counts as absent. */
final class ConfigFile {
  private static final String FULL = "full_attention";
  private static final String SLIDING = "sliding_attention";

  private final Path file;
  private final JsonNode root;

  private ConfigFile(Path file, JsonNode root) {
    this.file = file;
    this.root = root;
  }

  static ConfigFile read(Path file) {
    try {
      return new ConfigFile(file, new ObjectMapper().readTree(Files.readAllBytes(file)));
    } catch (JsonProcessingException e) {
      throw new ModelException(
          "%s is not JSON (%s): fetch it again.".formatted(file, e.getOriginalMessage()), e);
    } catch (IOException e) {
      throw new ModelException("%s cannot be read: check its permissions.".formatted(file), e);
    }
  }

  Path path() {
    return file;
  }

  /** The first of {@code architectures}. */
  String architecture() {
    return root.path("architectures").path(0).asText("");
  }

  boolean has(String name) {
    return root.hasNonNull(name);
  }

  /** Whether the file names a key, if only to say null. */
  boolean names(String name) {
    return root.has(name);
  }

  JsonNode node(String name) {
    return root.path(name);
  }

  int positive(String name) {
    int value = whole(name);

    if (value == 0) {
      throw notPositive(name);
    }

    return value;
  }

  int positive(String name, int otherwise) {
    return has(name) ? positive(name) : otherwise;
  }

  /** Zero or more. */
  int whole(String name, int otherwise) {
    return has(name) ? whole(name) : otherwise;
  }

  double number(String name, double otherwise) {
    return root.path(name).asDouble(otherwise);
  }

  boolean flag(String name, boolean otherwise) {
    return root.path(name).asBoolean(otherwise);
  }

  /** The id of a special token; a list of several is none. */
  OptionalInt token(String name) {
    JsonNode value = root.path(name);
    return value.isInt() ? OptionalInt.of(value.asInt()) : OptionalInt.empty();
  }

  Activation activation(String name, Activation otherwise) {
    if (!has(name)) {
      return otherwise;
    }

    String value = root.path(name).asText();
    return Activation.named(value).orElseThrow(() -> refused(name, value, Activation.names()));
  }

  /**
   * Which layers see only a window.
   *
   * @param otherwise which do where the file has no {@code layer_types}
   */
  IntPredicate sliding(IntPredicate otherwise) {
    JsonNode types = root.path("layer_types");

    if (!types.isArray()) {
      return otherwise;
    }

    for (JsonNode type : types) {
      if (!type.asText().equals(FULL) && !type.asText().equals(SLIDING)) {
        throw refused("layer_types", type.asText(), List.of(FULL, SLIDING));
      }
    }

    return layer -> types.path(layer).asText().equals(SLIDING);
  }

  /** Refuses a file that sets what the decoder cannot do. */
  void requireUnset(String name) {
    if (flag(name, false)) {
      throw refused(name, "true", List.of(name + " false"));
    }
  }

  /** The refusal of a value that a decoder cannot have. */
  ModelException refused(String name, String value, List<String> known) {
    return new ModelException(
        "%s asks for %s '%s', which cannot be run: choose a model with %s."
            .formatted(file, name, value, String.join(" or ", known)));
  }

  private int whole(String name) {
    JsonNode value = root.path(name);

    if (!value.isIntegralNumber() || !value.canConvertToInt() || value.asInt() < 0) {
      throw notPositive(name);
    }

    return value.asInt();
  }

  private ModelException notPositive(String name) {
    JsonNode value = root.path(name);
    return new ModelException(
        "%s must give %s as a positive whole number, but has %s: fetch the file again."
            .formatted(file, name, value.isMissingNode() ? "none" : value));
  }
}
