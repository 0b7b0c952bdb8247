package org.longspan.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The readers of tests/readers, in the Python environment that bin/test makes. */
final class Python {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Python() {}

  /** Runs a reader and gives the JSON lines that it printed. */
  static List<JsonNode> lines(String reader, String... arguments) throws Exception {
    String python = System.getProperty("longspan.python", "");
    assumeTrue(
        !python.isBlank(),
        "No Python with tests/readers/requirements.txt is given: run bin/test, or set -Dlongspan.python.");
    List<String> command = new ArrayList<>();
    command.add(python);
    command.add(Command.ROOT.resolve("tests/readers").resolve(reader).toString());
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile("reader", ".jsonl");
    Path err = Files.createTempFile("reader", ".err");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    assertThat(process.waitFor()).as(Files.readString(err)).isZero();
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(out)) {
      lines.add(JSON.readTree(line));
    }

    return lines;
  }
}
