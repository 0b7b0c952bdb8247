package org.longspan.measure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.longspan.model.CausalLm;
import org.longspan.model.ModelDirectory;
import org.longspan.model.ReferenceScores;

/**
 * Longspan against {@code reference.py}, an implementation on transformers, by hand: the same
 * documents, work and threads, one program after the other in one run, and their ratio.
 *
 * <p>Arguments: Python with transformers, {@code reference.py}, model directory, documents (JSON
 * Lines), documents at most, {@code prolong} or {@code longfilter,longppl}, segments or tokens of a
 * document, threads. See docs/benchmarks.md.
 */
final class RivalBenchmark {
  private static final int BATCH_TOKENS = 4096;
  private static final String PROLONG = "prolong";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String[] args;
  private final String score;
  private final int size;
  private final int threads;

  private RivalBenchmark(String[] args) {
    this.args = args;
    this.score = args[5];
    this.size = Integer.parseInt(args[6]);
    this.threads = Integer.parseInt(args[7]);
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    new RivalBenchmark(args).run();
  }

  private void run() throws IOException, InterruptedException {
    ModelDirectory directory = ModelDirectory.resolve(args[2]);
    Map<String, int[]> all = ReferenceScores.tokens(Path.of(args[3]), directory);
    List<String> ids = all.keySet().stream().limit(Integer.parseInt(args[4])).toList();
    List<int[]> documents = ids.stream().map(all::get).toList();
    double rival = rival(ids);
    double ours;

    try (CausalLm model = CausalLm.open(directory)) {
      ours =
          score.equals(PROLONG)
              ? ProLongBenchmark.seconds(model, documents, size, threads, BATCH_TOKENS)
              : ContextBenchmark.seconds(model, documents, size, threads, BATCH_TOKENS);
    }

    System.out.printf(
        Locale.ROOT,
        "%s, %s, %d documents, %d each, %d threads: reference.py %.1f s, Longspan %.1f s, ratio %.2f%n",
        args[2],
        score,
        documents.size(),
        size,
        threads,
        rival,
        ours,
        rival / ours);
  }

  /** Seconds that it takes by its own account, reading the model left out. */
  private double rival(List<String> ids) throws IOException, InterruptedException {
    Path out = Files.createTempFile("reference", ".jsonl");

    try {
      Process process =
          new ProcessBuilder(
                  args[0],
                  args[1],
                  args[2],
                  args[3],
                  out.toString(),
                  "--ids",
                  String.join(",", ids),
                  "--score",
                  score,
                  score.equals(PROLONG) ? "--chunks" : "--tokens",
                  Integer.toString(size),
                  "--threads",
                  Integer.toString(threads),
                  "--timing")
              .inheritIO()
              .start();

      if (process.waitFor() != 0) {
        throw new IOException(args[1] + " failed with exit code " + process.exitValue() + ".");
      }

      double seconds = 0;

      for (String line : Files.readAllLines(out)) {
        JsonNode row = JSON.readTree(line);
        seconds += row.path("seconds").asDouble();
      }

      return seconds;
    } finally {
      Files.delete(out);
    }
  }
}
