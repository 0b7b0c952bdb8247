package org.longspan.model;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** The independent reference scores that lie beside a checkout, where they do. */
public final class ReferenceScores {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ReferenceScores() {}

  /** The file, or the test is skipped with a message. */
  public static Path file(String name) {
    Path file =
        Path.of(System.getProperty("longspan.root", "."), "..", "shared", "reference", name);
    assumeTrue(Files.isRegularFile(file), () -> "Skipped: there is no " + file.normalize());
    return file;
  }

  /** A file's lines by id, in order. */
  public static Map<String, JsonNode> lines(String name) throws IOException {
    return lines(file(name));
  }

  private static Map<String, JsonNode> lines(Path file) throws IOException {
    Map<String, JsonNode> lines = new LinkedHashMap<>();

    for (String line : Files.readAllLines(file)) {
      JsonNode node = JSON.readTree(line);
      lines.put(node.path("id").asText(), node);
    }

    return lines;
  }

  /** The documents of a file as token ids of a model's tokenizer. */
  public static Map<String, int[]> tokens(String name, ModelDirectory model) throws IOException {
    return tokens(file(name), model);
  }

  /** The documents of a file as token ids of a model's tokenizer. */
  public static Map<String, int[]> tokens(Path file, ModelDirectory model) throws IOException {
    Map<String, int[]> tokens = new LinkedHashMap<>();
    Map<String, String> options =
        Map.of("addSpecialTokens", "false", "truncation", "false", "padding", "false");

    try (HuggingFaceTokenizer tokenizer =
        HuggingFaceTokenizer.newInstance(model.tokenizer(), options)) {
      for (Map.Entry<String, JsonNode> line : lines(file).entrySet()) {
        long[] ids = tokenizer.encode(line.getValue().path("text").asText()).getIds();
        tokens.put(line.getKey(), Arrays.stream(ids).mapToInt(Math::toIntExact).toArray());
      }
    }

    return tokens;
  }
}
