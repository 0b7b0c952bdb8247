package org.longspan.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tiny random models that a script of src/test/python makes, and what it says of them. */
final class PythonModels {
  private PythonModels() {}

  /** What the script wrote beside its models, or the test is skipped where there is no Python. */
  static JsonNode make(String script, Path models) throws IOException, InterruptedException {
    String python = System.getProperty("longspan.python", "");
    assumeTrue(
        !python.isBlank(),
        "No Python with tests/readers/requirements.txt is given: run bin/test, or set -Dlongspan.python.");
    Path log = models.resolve(script + ".log");
    Process process =
        new ProcessBuilder(
                python,
                Path.of(System.getProperty("longspan.root"), "udfs/src/test/python", script)
                    .toString(),
                models.toString(),
                ModelDirectory.resolve("builtin:starter").tokenizer().toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertThat(process.waitFor()).as(() -> read(log)).isZero();
    return new ObjectMapper().readTree(models.resolve("expected.json").toFile());
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
