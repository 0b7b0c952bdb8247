package org.longspan.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A language model's files as Hugging Face lays them out: {@code config.json}, {@code
 * tokenizer.json} and {@code model.safetensors}, or {@code model.safetensors.index.json} with its
 * shards.
 */
public final class ModelDirectory {
  static final String CONFIG = "config.json";
  static final String TOKENIZER = "tokenizer.json";
  static final String TOKENIZER_CONFIG = "tokenizer_config.json";

  private final String location;
  private final Path path;
  private final ModelConfig config;
  private final Checkpoint checkpoint;
  private final String fingerprint;

  private ModelDirectory(String location, Path path) {
    this.location = location;
    this.path = path;
    this.config = ModelConfig.read(require(CONFIG));
    require(TOKENIZER);
    this.checkpoint = Checkpoint.open(path);
    this.fingerprint = digest();
  }

  /**
   * The model at a location. Reads every byte once, for the fingerprint; what is not on this
   * machine is first fetched into a temporary directory, once a JVM.
   *
   * @param location {@code builtin:starter}, a local directory, or a URI of a Hadoop file system
   *     such as {@code hdfs://}, {@code s3a://} or {@code file:}
   * @throws ModelException if a file is missing, damaged or of a kind that cannot be run
   */
  public static ModelDirectory resolve(String location) {
    return new ModelDirectory(location, LocalCopies.of(location));
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

  /** SHA-256, in hexadecimal, of the names and contents of all files that decide a score. */
  public String fingerprint() {
    return fingerprint;
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

  Checkpoint checkpoint() {
    return checkpoint;
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

  private String digest() {
    List<Path> files = new ArrayList<>();
    files.add(path.resolve(CONFIG));
    files.add(path.resolve(TOKENIZER));

    if (Files.isRegularFile(path.resolve(TOKENIZER_CONFIG))) {
      files.add(path.resolve(TOKENIZER_CONFIG));
    }

    files.addAll(checkpoint.files());

    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[1 << 20];

      for (Path file : files) {
        sha256.update(file.getFileName().toString().getBytes(StandardCharsets.UTF_8));
        sha256.update(ByteBuffer.allocate(1 + Long.BYTES).putLong(1, Files.size(file)).array());

        try (InputStream in = Files.newInputStream(file)) {
          for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            sha256.update(buffer, 0, n);
          }
        }
      }

      return HexFormat.of().formatHex(sha256.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    } catch (IOException e) {
      throw new UncheckedIOException("The files of the model in " + location + " broke off.", e);
    }
  }
}
