package org.longspan.model;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The model families that can be run. A new one is a class that implements {@link ModelFamily} and
 * a line here.
 */
final class ModelFamilies {
  private static final List<ModelFamily> KNOWN = List.of(new LlamaFamily());

  private ModelFamilies() {}

  static boolean know(String architecture) {
    return KNOWN.stream().anyMatch(family -> family.architecture().equals(architecture));
  }

  /** The architectures by name. */
  static String names() {
    return KNOWN.stream().map(ModelFamily::architecture).collect(Collectors.joining(", "));
  }

  /**
   * The family of an architecture.
   *
   * @param file where the architecture was named
   */
  static ModelFamily require(String architecture, Path file) {
    return KNOWN.stream()
        .filter(family -> family.architecture().equals(architecture))
        .findFirst()
        .orElseThrow(
            () ->
                new ModelException(
                    "%s names the architecture '%s', which cannot be run: choose a model of %s."
                        .formatted(file, architecture, names())));
  }
}
