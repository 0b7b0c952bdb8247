package org.longspan.measure;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.longspan.context.Blocks;
import org.longspan.context.Contexts;
import org.longspan.context.PassPlan;
import org.longspan.context.SlidingWindow;
import org.longspan.context.WholePrefix;
import org.longspan.model.CausalLm;

/** What LongFilter and LongPPL need of a document, with the windows of {@code reference.py}. */
final class ContextBenchmark {
  private static final List<Contexts> WANTED =
      List.of(new WholePrefix(), new SlidingWindow(512, 256), new Blocks(512, 128));

  private ContextBenchmark() {}

  /** Seconds for the first tokens of all documents, after a short one that does not count. */
  static double seconds(
      CausalLm model, List<int[]> documents, int tokens, int threads, int batchTokens)
      throws InterruptedException {
    ContextWindowsMeasurement measurement =
        new ContextWindowsMeasurement(model, null, batchTokens, OptionalInt.empty());
    List<WindowedDocument> planned =
        documents.stream().map(ids -> planned(ids, Math.min(tokens, ids.length))).toList();
    measurement.measure(List.of(planned(documents.get(0), 1024)));
    return Workers.seconds(
        planned, threads, each -> !measurement.measure(List.of(each)).get(0).failed());
  }

  private static WindowedDocument planned(int[] ids, int tokens) {
    PlannedWindow window =
        new PlannedWindow(
            0,
            Arrays.copyOf(ids, tokens),
            PassPlan.of(tokens, WANTED).ends(),
            new TreeSet<>(),
            Set.of());
    return new WindowedDocument(tokens, List.of(window));
  }
}
