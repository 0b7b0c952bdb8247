package org.longspan.measure;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.longspan.model.CausalLm;
import org.longspan.model.ModelDirectory;
import org.longspan.model.ReferenceScores;
import org.longspan.score.PairPlan;

/**
 * Seconds to measure all pairs of the first segments of each document, by hand; {@link
 * RivalBenchmark} compares them.
 *
 * <p>Arguments: model, documents (JSON Lines), segments, threads, batch tokens. See
 * docs/benchmarks.md.
 */
final class ProLongBenchmark {
  private static final int SEGMENT = 128;

  private ProLongBenchmark() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    ModelDirectory directory = ModelDirectory.resolve(args[0]);
    int segments = Integer.parseInt(args[2]);
    int threads = Integer.parseInt(args[3]);
    List<int[]> documents =
        List.copyOf(ReferenceScores.tokens(Path.of(args[1]), directory).values());

    try (CausalLm model = CausalLm.open(directory)) {
      double seconds = seconds(model, documents, segments, threads, Integer.parseInt(args[4]));
      List<PairPlan> plans = documents.stream().map(ids -> plan(ids, segments)).toList();
      long pairs = plans.stream().mapToLong(plan -> plan.target().length).sum();
      long passes = plans.stream().mapToLong(plan -> plan.starts().length).sum() + pairs;
      System.out.printf(
          Locale.ROOT,
          "%s: %d pairs in %.2f s on %d threads: %.1f pairs/s, %,.0f tokens/s%n",
          args[0],
          pairs,
          seconds,
          threads,
          pairs / seconds,
          passes * SEGMENT / seconds);
    }
  }

  /** Seconds for all documents, after a first one that does not count. */
  static double seconds(
      CausalLm model, List<int[]> documents, int segments, int threads, int batchTokens)
      throws InterruptedException {
    SegmentPairsMeasurement measurement = new SegmentPairsMeasurement(model, batchTokens);
    List<PlannedDocument> planned =
        documents.stream().map(ids -> new PlannedDocument(ids, plan(ids, segments))).toList();
    measurement.measure(planned.subList(0, 1));
    return Workers.seconds(
        planned, threads, each -> !measurement.measure(List.of(each)).get(0).failed());
  }

  private static PairPlan plan(int[] ids, int segments) {
    int length = Math.min(ids.length, segments * SEGMENT);
    return PairPlan.draw(length, SEGMENT, 1 << 20, 0, 1, "benchmark");
  }
}
