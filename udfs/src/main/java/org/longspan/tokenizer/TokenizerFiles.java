package org.longspan.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.deploy.SparkHadoopUtil;

/**
 * The files of a tokenizer, read once where they lie, so that they can be sent to executors that do
 * not see that place.
 */
public final class TokenizerFiles implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String BUILTIN = "builtin:";
  private static final String TOKENIZER = "tokenizer.json";
  private static final String CONFIGURATION = "tokenizer_config.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String location;
  private final byte[] tokenizer;
  private final byte[] configuration;
  private final String fingerprint;
  private final String key;

  private TokenizerFiles(String location, byte[] tokenizer, byte[] configuration) {
    this.location = location;
    this.tokenizer = tokenizer;
    this.configuration = configuration;
    this.fingerprint = sha256(tokenizer);
    this.key = configuration == null ? fingerprint : fingerprint + sha256(configuration);
  }

  /**
   * Reads {@code tokenizer.json} and, where it lies beside it, {@code tokenizer_config.json}.
   *
   * @param location {@code builtin:starter}, or a local path or Hadoop URI of a tokenizer.json or
   *     of a directory that holds one
   * @throws IllegalArgumentException if there is no tokenizer at that place or its JSON is broken
   * @throws UncheckedIOException if the place cannot be read
   */
  public static TokenizerFiles read(String location) {
    try {
      TokenizerFiles files = location.startsWith(BUILTIN) ? builtin(location) : stored(location);
      files.description();
      return files;
    } catch (FileNotFoundException e) {
      throw new IllegalArgumentException(
          "There is no tokenizer at %s: give builtin:starter, a tokenizer.json, or a directory that holds one."
              .formatted(location),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException("The tokenizer at " + location + " cannot be read.", e);
    }
  }

  private static TokenizerFiles builtin(String location) throws IOException {
    String directory = "/org/longspan/model/" + location.substring(BUILTIN.length()) + "/";
    byte[] tokenizer = resource(directory + TOKENIZER);

    if (tokenizer == null) {
      throw new FileNotFoundException(location);
    }

    return new TokenizerFiles(location, tokenizer, resource(directory + CONFIGURATION));
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = TokenizerFiles.class.getResourceAsStream(name)) {
      return in == null ? null : in.readAllBytes();
    }
  }

  private static TokenizerFiles stored(String location) throws IOException {
    java.nio.file.Path local = local(location);
    Path path = local == null ? new Path(location) : new Path(local.toUri());
    FileSystem files = path.getFileSystem(SparkHadoopUtil.get().conf());
    Path tokenizer = files.getFileStatus(path).isDirectory() ? new Path(path, TOKENIZER) : path;
    Path configuration = new Path(tokenizer.getParent(), CONFIGURATION);
    return new TokenizerFiles(
        location,
        bytes(files, tokenizer),
        files.exists(configuration) ? bytes(files, configuration) : null);
  }

  /** A path without a scheme is one of this machine, if it is there. */
  private static java.nio.file.Path local(String location) {
    try {
      java.nio.file.Path path = java.nio.file.Path.of(location);
      return Files.exists(path) ? path : null;
    } catch (InvalidPathException e) {
      return null;
    }
  }

  private static byte[] bytes(FileSystem files, Path path) throws IOException {
    try (InputStream in = files.open(path)) {
      return in.readAllBytes();
    }
  }

  /** Where the files were read. */
  public String location() {
    return location;
  }

  /** SHA-256 of {@code tokenizer.json}, in hexadecimal: equal fingerprints give equal ids. */
  public String fingerprint() {
    return fingerprint;
  }

  /** What tells two tokenizers apart in everything, the names of special tokens included. */
  String key() {
    return key;
  }

  byte[] tokenizer() {
    return tokenizer;
  }

  TokenizerDescription description() {
    try {
      JsonNode rules = JSON.readTree(tokenizer);

      if (!rules.path("model").has("vocab")) {
        throw new IllegalArgumentException(
            "%s is no tokenizer that Longspan can read: its JSON has no model.vocab."
                .formatted(location));
      }

      return TokenizerDescription.of(
          rules, configuration == null ? JSON.createObjectNode() : JSON.readTree(configuration));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "The tokenizer at %s has broken JSON: %s".formatted(location, e.getMessage()), e);
    }
  }

  /** Files of equal content are equal, wherever they lie. */
  @Override
  public boolean equals(Object other) {
    return other instanceof TokenizerFiles files && key.equals(files.key);
  }

  @Override
  public int hashCode() {
    return key.hashCode();
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java runtime has SHA-256.", e);
    }
  }
}
