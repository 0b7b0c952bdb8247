package org.longspan.model;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A language model's files as Hugging Face lays them out: {@code config.json}, {@code
 * tokenizer.json} and {@code model.safetensors}, or {@code model.safetensors.index.json} with its
 * shards. Where allowed, a model of an unknown architecture has a TorchScript file {@code model.ts}
 * or {@code model.pt} in place of weights.
 */
public final class ModelDirectory {
  static final String CONFIG = "config.json";
  static final String TOKENIZER = "tokenizer.json";
  static final String TOKENIZER_CONFIG = "tokenizer_config.json";

  private final String location;
  private final Path path;
  private final ModelConfig config;
  private final Optional<ScriptedModel> scripted;
  private final Checkpoint checkpoint;

  private ModelDirectory(String location, Path path, TorchScript torchScript) {
    this.location = location;
    this.path = path;
    Path file = require(CONFIG);
    this.scripted = ScriptedModel.find(path, torchScript);
    this.config = scripted.map(ScriptedModel::config).orElseGet(() -> ModelConfig.read(file));
    require(TOKENIZER);
    this.checkpoint = scripted.isPresent() ? null : Checkpoint.open(path);
  }

  /**
   * The model at a location. Reads the configuration and the weights' headers; what is not on this
   * machine is first fetched into a temporary directory, once a JVM.
   *
   * @param location {@code builtin:starter}, a local directory, or a URI of a Hadoop file system
   *     such as {@code hdfs://}, {@code s3a://} or {@code file:}
   * @throws ModelException if a file is missing, damaged or of a kind that cannot be run
   */
  public static ModelDirectory resolve(String location) {
    return resolve(location, TorchScript.REFUSED);
  }

  /**
   * The model at a location, as {@link #resolve(String)} reads it.
   *
   * @param torchScript whether a model of an unknown architecture may run its own TorchScript file
   */
  public static ModelDirectory resolve(String location, TorchScript torchScript) {
    return new ModelDirectory(location, LocalCopies.of(location), torchScript);
  }

  /** The location as it was given. */
  public String location() {
    return location;
  }

  /** The directory on this machine. */
  public Path path() {
    return path;
  }

  /** The tokenizer's file on this machine. */
  public Path tokenizer() {
    return path.resolve(TOKENIZER);
  }

  /** What {@code config.json} says. */
  public ModelConfig config() {
    return config;
  }

  /**
   * SHA-256, in hexadecimal, of the names and contents of all files that decide a score. Reads them
   * all the first time in a JVM.
   */
  public String fingerprint() {
    List<Path> files = new ArrayList<>();
    files.add(path.resolve(CONFIG));
    files.add(path.resolve(TOKENIZER));

    if (Files.isRegularFile(path.resolve(TOKENIZER_CONFIG))) {
      files.add(path.resolve(TOKENIZER_CONFIG));
    }

    files.addAll(scripted.map(model -> List.of(model.file())).orElseGet(this::weights));
    return ModelFingerprint.of(files);
  }

  /**
   * Checks that every id of a tokenizer has a row in the model's embedding.
   *
   * @param largestId the largest id that the tokenizer can give
   * @throws ModelException if the model has no such token
   */
  public void requireToken(long largestId) {
    if (largestId >= config.vocabulary()) {
      throw new ModelException(
          "The tokenizer gives ids up to %d, but the model in %s has a vocabulary of %d (vocab_size in %s): use the tokenizer.json that was published with the model."
              .formatted(largestId, location, config.vocabulary(), CONFIG));
    }
  }

  /** The model's own arithmetic, in place of weights, where it has such a file. */
  Optional<ScriptedModel> scripted() {
    return scripted;
  }

  /** The weights; none of a scripted model. */
  Checkpoint checkpoint() {
    return checkpoint;
  }

  private List<Path> weights() {
    return checkpoint.files();
  }

  private Path require(String name) {
    Path file = path.resolve(name);

    if (!Files.isRegularFile(file)) {
      throw new ModelException(
          "The model directory %s has no %s: point the model's path at a directory that holds %s, %s and model.safetensors."
              .formatted(location, name, CONFIG, TOKENIZER));
    }

    return file;
  }
}
