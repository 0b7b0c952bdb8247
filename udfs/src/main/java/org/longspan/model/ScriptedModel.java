package org.longspan.model;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A model of an architecture that no family knows, with a TorchScript file beside its {@code
 * config.json} that maps ids [rows, length] to logits [rows, length, vocabulary].
 *
 * @param file the TorchScript file
 * @param config architecture, vocabulary and positions; nothing else is known
 */
record ScriptedModel(Path file, ModelConfig config) {
  static final List<String> NAMES = List.of("model.ts", "model.pt");

  /**
   * The scripted model of a directory, if it is one.
   *
   * @throws ModelException if it is one and none is allowed
   */
  static Optional<ScriptedModel> find(Path directory, TorchScript torchScript) {
    ConfigFile config = ConfigFile.read(directory.resolve(ModelDirectory.CONFIG));
    String architecture = config.architecture();
    Optional<Path> file =
        NAMES.stream().map(directory::resolve).filter(Files::isRegularFile).findFirst();

    if (ModelFamilies.architectures().contains(architecture) || file.isEmpty()) {
      return Optional.empty();
    }

    if (torchScript == TorchScript.REFUSED) {
      throw new ModelException(
          "%s names the architecture '%s', which Longspan does not know; %s could run it, but TorchScript runs the code of its file: if you trust it, allow it (model.allow-torchscript = true), or choose a model of %s."
              .formatted(
                  config.path(),
                  architecture,
                  file.get(),
                  String.join(", ", ModelFamilies.architectures())));
    }

    return Optional.of(
        new ScriptedModel(
            file.get(),
            ModelConfig.opaque(
                architecture,
                positive(config, "vocab_size"),
                config.token("bos_token_id"),
                positive(
                    config,
                    config.has("n_positions") ? "n_positions" : "max_position_embeddings"))));
  }

  private static int positive(ConfigFile config, String name) {
    if (!config.has(name)) {
      throw new ModelException(
          "%s must give %s as a positive whole number, for the TorchScript file cannot be asked: add it."
              .formatted(config.path(), name));
    }

    return config.positive(name);
  }
}
