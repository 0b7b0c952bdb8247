package org.longspan.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * An embedder's files: {@code tokenizer.json}, and {@code model.onnx} or, where TorchScript is
 * allowed, {@code model.ts} or {@code model.pt}. What sentence-transformers publishes beside them
 * is read where it is there: {@code sentence_bert_config.json} for the longest input, {@code
 * config.json} for the dimension, and {@code 1_Pooling/config.json}, which must say mean.
 */
public final class EmbedderDirectory {
  static final String ONNX = "model.onnx";

  private static final String POOLING = "1_Pooling/config.json";

  /** Tokens that a model reads at once where its files don't say: those of all-MiniLM-L6-v2. */
  private static final int USUAL_TOKENS = 256;

  private final String location;
  private final Path path;
  private final Path model;

  private EmbedderDirectory(String location, Path path, Path model) {
    this.location = location;
    this.path = path;
    this.model = model;
  }

  /**
   * The embedder at a location, fetched first where it is not on this machine.
   *
   * @param location {@code builtin:minilm} (all-MiniLM-L6-v2), a local directory, or a URI of a
   *     Hadoop file system
   * @param torchScript whether it may run its own TorchScript file
   * @throws ModelException if a file is missing or not allowed
   */
  public static EmbedderDirectory resolve(String location, TorchScript torchScript) {
    DjlSettings.apply();
    Path path = LocalCopies.of(location);
    requireMeanPooling(location, path);
    if (!Files.isRegularFile(path.resolve(ModelDirectory.TOKENIZER))) {
      throw new ModelException(
          "The embedder directory %s has no %s: copy the one that was published with the model."
              .formatted(location, ModelDirectory.TOKENIZER));
    }

    if (Files.isRegularFile(path.resolve(ONNX))) {
      return new EmbedderDirectory(location, path, path.resolve(ONNX));
    }

    Path scripted =
        ScriptedModel.NAMES.stream()
            .map(path::resolve)
            .filter(Files::isRegularFile)
            .findFirst()
            .orElseThrow(
                () ->
                    new ModelException(
                        "The embedder directory %s has neither %s nor one of %s: export the model to ONNX and put it there."
                            .formatted(location, ONNX, ScriptedModel.NAMES)));
    if (torchScript == TorchScript.REFUSED) {
      throw new ModelException(
          "The embedder %s is a TorchScript file, which is a program: set model.allow-torchscript = true if you trust it, or export the model to ONNX."
              .formatted(scripted));
    }

    return new EmbedderDirectory(location, path, scripted);
  }

  /** The location as it was given. */
  public String location() {
    return location;
  }

  /** The model's file on this machine. */
  public Path model() {
    return model;
  }

  /** Whether the file is ONNX and no TorchScript. */
  public boolean isOnnx() {
    return model.endsWith(ONNX);
  }

  /** The tokenizer's file on this machine. */
  public Path tokenizer() {
    return path.resolve(ModelDirectory.TOKENIZER);
  }

  /** Tokens that the model reads at once, special ones counted. */
  public int tokens() {
    return number("sentence_bert_config.json", "max_seq_length").orElse(USUAL_TOKENS);
  }

  /** Components of its vectors, where its files say so. */
  public OptionalInt dimension() {
    return number(ModelDirectory.CONFIG, "hidden_size");
  }

  /** SHA-256, in hexadecimal, of all files that decide a vector. */
  public String fingerprint() {
    List<Path> files =
        Stream.of(
                model,
                tokenizer(),
                path.resolve(ModelDirectory.CONFIG),
                path.resolve("sentence_bert_config.json"))
            .filter(Files::isRegularFile)
            .toList();
    return ModelFingerprint.of(files);
  }

  /** What sentence-transformers says about pooling, where it says something. */
  private static void requireMeanPooling(String location, Path path) {
    Path file = path.resolve(POOLING);
    if (Files.isRegularFile(file)
        && !read(location, file).path("pooling_mode_mean_tokens").asBoolean(true)) {
      throw new ModelException(
          "The embedder %s does not pool by the mean of its tokens (%s), which is the only pooling here: export it with its pooling, so that it gives [rows, dimension], and leave that file out."
              .formatted(location, POOLING));
    }
  }

  private OptionalInt number(String name, String key) {
    Path file = path.resolve(name);
    if (!Files.isRegularFile(file)) {
      return OptionalInt.empty();
    }

    JsonNode value = read(location, file).path(key);
    return value.canConvertToInt() && value.asInt() > 0
        ? OptionalInt.of(value.asInt())
        : OptionalInt.empty();
  }

  private static JsonNode read(String location, Path file) {
    try {
      return new ObjectMapper().readTree(file.toFile());
    } catch (IOException e) {
      throw new ModelException(
          "%s of the embedder %s is no JSON: copy the one that was published with the model."
              .formatted(file.getFileName(), location),
          e);
    }
  }
}
