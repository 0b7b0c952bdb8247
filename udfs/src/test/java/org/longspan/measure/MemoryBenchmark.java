package org.longspan.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.longspan.model.CausalLm;
import org.longspan.model.ModelDirectory;
import org.longspan.score.PairPlan;

/**
 * What a process holds, by hand: at most while one long row goes through the model, or every
 * thousand small documents. Linux only. See docs/benchmarks.md.
 *
 * <p>Arguments: a model directory, then {@code row} and its tokens, or {@code documents} and their
 * number.
 */
final class MemoryBenchmark {
  private static final int SEGMENT = 16;
  private static final int BATCH = 50;

  private MemoryBenchmark() {}

  public static void main(String[] args) throws IOException {
    try (CausalLm model = CausalLm.open(ModelDirectory.resolve(args[0]))) {
      if (args[1].equals("row")) {
        row(model, Integer.parseInt(args[2]));
      } else {
        documents(model, Integer.parseInt(args[2]));
      }
    }
  }

  private static void row(CausalLm model, int tokens) throws IOException {
    int[] row = ids(model, new Random(1), tokens);
    model.losses(new int[][] {ids(model, new Random(2), 16)});
    long before = mebibytes("VmRSS");
    long start = System.nanoTime();
    model.losses(new int[][] {row});
    System.out.printf(
        Locale.ROOT,
        "%,d tokens: %,d MiB before, %,d MiB at most, %.0f s%n",
        tokens,
        before,
        mebibytes("VmHWM"),
        (System.nanoTime() - start) / 1e9);
  }

  /** Of 32 to 128 tokens each, so that passes differ in shape. */
  private static void documents(CausalLm model, int documents) throws IOException {
    SegmentPairsMeasurement measurement = new SegmentPairsMeasurement(model, 2048);
    Random random = new Random(1);

    for (int done = 0; done < documents; done += BATCH) {
      if (done % 1000 == 0) {
        print(done);
      }

      List<PlannedDocument> batch = new ArrayList<>();

      for (int d = done; d < done + BATCH; d++) {
        int[] tokens = ids(model, random, random.nextInt(32, 129));
        batch.add(
            new PlannedDocument(
                tokens, PairPlan.draw(tokens.length, SEGMENT, 1024, 1, 1, Integer.toString(d))));
      }

      for (Measured<?> measured : measurement.measure(batch)) {
        if (measured.failed()) {
          throw new IllegalStateException(measured.error());
        }
      }
    }

    print(documents);
  }

  private static void print(int documents) throws IOException {
    System.out.printf(Locale.ROOT, "%,d documents: %,d MiB%n", documents, mebibytes("VmRSS"));
  }

  private static int[] ids(CausalLm model, Random random, int tokens) {
    return random.ints(tokens, 0, model.config().vocabulary()).toArray();
  }

  /** A line of /proc/self/status. */
  static long mebibytes(String name) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith(name + ":")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
      }
    }

    throw new IOException("/proc/self/status has no " + name + ".");
  }
}
