package org.longspan.measure;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.LongStream;
import org.longspan.attention.AttentionView;
import org.longspan.attention.FarMasses;
import org.longspan.attention.Heads;
import org.longspan.attention.SpanMasses;
import org.longspan.model.Besides;
import org.longspan.model.CausalLm;
import org.longspan.model.ModelConfig;
import org.longspan.model.ModelDirectory;

/**
 * What it costs to read attention, by hand: seconds of one thread's processor time and resident
 * memory for one row of random tokens, the losses alone, with the view that LADM reads, that view
 * alone, and LongAttn's of the first layer. Operations of a view are those of its products of
 * queries and keys, and of LongAttn's the projections too. Linux only. See docs/benchmarks.md.
 *
 * <p>Arguments: model, tokens of a row.
 */
final class AttentionBenchmark {
  private static final SpanMasses LADM = new SpanMasses(128, 4, SpanMasses.Keys.EARLIER, Heads.ALL);

  private AttentionBenchmark() {}

  public static void main(String[] args) throws IOException {
    ModelDirectory directory = ModelDirectory.resolve(args[0]);
    int length = Integer.parseInt(args[1]);
    int[] row = new Random(1).ints(length, 0, directory.config().vocabulary()).toArray();
    List<FarMasses> longAttn = List.of(new FarMasses(length / 4));

    try (CausalLm first = CausalLm.openFirstLayer(directory, "cpu")) {
      warm(first, List.of(new FarMasses(64)));
      double seconds =
          print(
              "LongAttn, the first layer alone",
              () -> first.attend(row, 0, longAttn, Besides.NOTHING));
      print(far(directory.config(), length), seconds);
    }

    try (CausalLm model = CausalLm.open(directory)) {
      warm(model, List.of(LADM));
      double losses = print("losses alone", () -> model.losses(new int[][] {row}));
      double both =
          print("losses and LADM", () -> model.attend(row, 0, List.of(LADM), Besides.LOSSES));
      print(spans(directory.config(), length), both - losses);
      print("LADM alone", () -> model.attend(row, 0, List.of(LADM), Besides.NOTHING));
    }
  }

  private static void warm(CausalLm model, List<? extends AttentionView<?>> views) {
    int[] row = new Random(2).ints(256, 0, model.config().vocabulary()).toArray();

    for (int i = 0; i < 3; i++) {
      model.attend(row, 0, views, Besides.NOTHING);
    }
  }

  private static double print(String what, Runnable pass) throws IOException {
    Files.writeString(Path.of("/proc/self/clear_refs"), "5");
    long before = MemoryBenchmark.mebibytes("VmRSS");
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    pass.run();
    double seconds = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "%s: %.1f s; %,d MiB before, %,d MiB at most%n",
        what,
        seconds,
        before,
        MemoryBenchmark.mebibytes("VmHWM"));
    return seconds;
  }

  private static void print(double operations, double seconds) {
    System.out.printf(
        Locale.ROOT,
        "  attention: %,.1f GFLOP in %.1f s, %.1f GFLOP/s%n",
        operations / 1e9,
        seconds,
        operations / 1e9 / seconds);
  }

  private static double spans(ModelConfig config, int length) {
    long pairs =
        Arrays.stream(LADM.queries(length))
            .mapToLong(span -> (long) span * LADM.span() * LADM.span())
            .sum();
    return 2.0 * config.layers() * config.attention().heads() * config.attention().size() * pairs;
  }

  private static double far(ModelConfig config, int length) {
    long pairs = LongStream.range(length / 4, length).map(query -> query + 1).sum();
    int heads = config.attention().heads();
    int projected = heads + 2 * config.attention().keyHeads();
    return 2.0
        * config.attention().size()
        * (heads * (double) pairs + (double) length * config.hidden() * projected);
  }
}
