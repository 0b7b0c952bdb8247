package org.longspan.model;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.deploy.SparkHadoopUtil;

/** Directories on this machine for models that live elsewhere: fetched once a JVM, gone with it. */
final class LocalCopies {
  private static final String BUILTIN = "builtin:";

  /** Of each built-in model the files of its directory, and the resources that hold them. */
  private static final Map<String, Map<String, String>> BUILTINS =
      Map.of(
          "starter",
          Map.of(
              ModelDirectory.CONFIG, "starter/" + ModelDirectory.CONFIG,
              ModelDirectory.TOKENIZER, "starter/" + ModelDirectory.TOKENIZER,
              ModelDirectory.TOKENIZER_CONFIG, "starter/" + ModelDirectory.TOKENIZER_CONFIG,
              Checkpoint.SINGLE, "starter/" + Checkpoint.SINGLE),
          "minilm",
          Map.of(
              EmbedderDirectory.ONNX, "/all-minilm-l6-v2.onnx",
              ModelDirectory.TOKENIZER, "/all-minilm-l6-v2-tokenizer.json"));

  // Two letters at least: one letter and a colon is a drive.
  private static final Pattern SCHEME = Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]+:.*");
  private static final ConcurrentHashMap<String, Path> COPIES = new ConcurrentHashMap<>();

  private LocalCopies() {}

  static Path of(String location) {
    if (location.startsWith(BUILTIN)) {
      return COPIES.computeIfAbsent(location, LocalCopies::unpack);
    }

    if (location.startsWith("file:")) {
      return local(location, new org.apache.hadoop.fs.Path(location).toUri().getPath());
    }

    if (SCHEME.matcher(location).matches()) {
      return COPIES.computeIfAbsent(location, LocalCopies::fetch);
    }

    return local(location, location);
  }

  private static Path local(String location, String name) {
    try {
      Path path = Path.of(name);

      if (Files.isDirectory(path)) {
        return path;
      }
    } catch (InvalidPathException e) {
      throw missing(location, e);
    }

    throw missing(location, null);
  }

  private static Path unpack(String location) {
    String name = location.substring(BUILTIN.length());

    if (!BUILTINS.containsKey(name)) {
      throw new ModelException(
          "There is no built-in model named '%s': the built-in models are %s."
              .formatted(name, String.join(", ", new TreeSet<>(BUILTINS.keySet()))));
    }

    try {
      Path directory = temporary();

      for (Map.Entry<String, String> file : BUILTINS.get(name).entrySet()) {
        try (InputStream in = LocalCopies.class.getResourceAsStream(file.getValue())) {
          Files.copy(in, directory.resolve(file.getKey()));
        }
      }

      return directory;
    } catch (IOException e) {
      throw new ModelException(
          "The built-in model '%s' could not be unpacked into %s: check that the disk has room."
              .formatted(name, System.getProperty("java.io.tmpdir")),
          e);
    }
  }

  private static Path fetch(String location) {
    org.apache.hadoop.fs.Path remote = new org.apache.hadoop.fs.Path(URI.create(location));

    try {
      FileSystem fileSystem = remote.getFileSystem(SparkHadoopUtil.get().conf());

      if (!fileSystem.exists(remote) || !fileSystem.getFileStatus(remote).isDirectory()) {
        throw missing(location, null);
      }

      Path directory = temporary();

      for (FileStatus file : fileSystem.listStatus(remote)) {
        String name = file.getPath().getName();

        if (file.isFile() && belongs(name)) {
          try (InputStream in = fileSystem.open(file.getPath())) {
            Files.copy(in, directory.resolve(name));
          }
        }
      }

      return directory;
    } catch (IOException e) {
      throw new ModelException(
          "The model at %s could not be fetched: check the address, the credentials of its file system, and the room in %s."
              .formatted(location, System.getProperty("java.io.tmpdir")),
          e);
    }
  }

  private static boolean belongs(String name) {
    return name.endsWith(".json")
        || name.endsWith(".safetensors")
        || name.equals(EmbedderDirectory.ONNX)
        || ScriptedModel.NAMES.contains(name);
  }

  private static ModelException missing(String location, Throwable cause) {
    return new ModelException(
        "There is no model directory at %s: give a directory as Hugging Face lays it out, a URI of one, or builtin:starter (an embedder: builtin:minilm)."
            .formatted(location),
        cause);
  }

  private static Path temporary() throws IOException {
    Path directory = Files.createTempDirectory("longspan-model-");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(directory.toFile())));
    return directory;
  }

  private static void delete(File directory) {
    File[] files = directory.listFiles();

    for (File file : files == null ? new File[0] : files) {
      file.delete();
    }

    directory.delete();
  }
}
