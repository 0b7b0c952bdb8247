package org.longspan.measure;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
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
import org.longspan.model.ModelDirectory;
import org.longspan.model.ReferenceScores;

/**
 * Seconds of one thread to measure what LongFilter and LongPPL need of the first tokens of each
 * document, by hand; the same windows as {@code reference.py --score longfilter,longppl --tokens N
 * --timing}.
 *
 * <p>Arguments: model, documents (JSON Lines), tokens, batch tokens, documents at most. See
 * docs/benchmarks.md.
 */
final class ContextBenchmark {
  private static final List<Contexts> WANTED =
      List.of(new WholePrefix(), new SlidingWindow(512, 256), new Blocks(512, 128));

  private ContextBenchmark() {}

  public static void main(String[] args) throws IOException {
    ModelDirectory directory = ModelDirectory.resolve(args[0]);
    int most = Integer.parseInt(args[2]);

    try (CausalLm model = CausalLm.open(directory)) {
      ContextWindowsMeasurement measurement =
          new ContextWindowsMeasurement(
              model, null, Integer.parseInt(args[3]), OptionalInt.empty());
      List<int[]> documents =
          ReferenceScores.tokens(Path.of(args[1]), directory).values().stream()
              .limit(Integer.parseInt(args[4]))
              .map(ids -> Arrays.copyOf(ids, Math.min(most, ids.length)))
              .toList();
      measurement.measure(List.of(planned(Arrays.copyOf(documents.get(0), 1024))));
      List<WindowedDocument> all = new ArrayList<>();
      long tokens = 0;

      for (int[] ids : documents) {
        all.add(planned(ids));
        tokens += PassPlan.of(ids.length, WANTED).tokens();
      }

      long began = System.nanoTime();
      long processor = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      long failed = measurement.measure(all).stream().filter(Measured::failed).count();
      double busy = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - processor;
      System.out.printf(
          "%s: %d documents, %d failed, %,d tokens through the model: %.2f s, %.2f s of the processor%n",
          args[0], all.size(), failed, tokens, (System.nanoTime() - began) / 1e9, busy / 1e9);
    }
  }

  private static WindowedDocument planned(int[] ids) {
    PlannedWindow window =
        new PlannedWindow(
            0, ids, PassPlan.of(ids.length, WANTED).ends(), new TreeSet<>(), Set.of());
    return new WindowedDocument(ids.length, List.of(window));
  }
}
