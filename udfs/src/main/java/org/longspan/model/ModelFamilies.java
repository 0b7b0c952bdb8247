package org.longspan.model;

import java.nio.file.Path;
import java.util.List;

/**
 * The model families that can be run. A new one is a class that implements {@link ModelFamily} and
 * a line here.
 */
final class ModelFamilies {
  private static final List<ModelFamily> KNOWN =
      List.of(
          new LlamaFamily(),
          new SmolLm3Family(),
          new MistralFamily(),
          new Qwen2Family(),
          new Qwen3Family(),
          new Gemma2Family(),
          new Gemma3Family(),
          new OptFamily(),
          new Gpt2Family(),
          new GptNeoXFamily());

  private ModelFamilies() {}

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
                        .formatted(file, architecture, String.join(", ", architectures()))));
  }

  /** The architectures that can be run. */
  static List<String> architectures() {
    return KNOWN.stream().map(ModelFamily::architecture).toList();
  }
}
