package org.longspan.measure;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.longspan.attention.AttentionByDistance;
import org.longspan.attention.AttentionReadings;
import org.longspan.attention.AttentionView;
import org.longspan.attention.DistanceMasses;
import org.longspan.attention.FarMasses;
import org.longspan.attention.Heads;
import org.longspan.attention.LongAttn;
import org.longspan.attention.QueryBlocks;
import org.longspan.attention.QueryBlocks.Block;
import org.longspan.attention.Sampled;
import org.longspan.context.ContextWindow;
import org.longspan.context.ContextWindows;
import org.longspan.model.Besides;
import org.longspan.model.CausalLm;
import org.longspan.model.ModelDirectory;
import org.longspan.score.Score;
import org.longspan.score.Scorer;
import org.longspan.tokenizer.Tokenizer;

/**
 * How far scores from blocks of queries lie from those of all queries, whether the stated errors
 * cover it, and what time they save, by hand. See docs/benchmarks.md.
 *
 * <p>Arguments: model, folder of {@code *.jsonl.gz} with id, domain and text, documents a domain.
 */
final class AttentionSampleBenchmark {
  private static final int WINDOW = 2048;
  private static final int SIZE = WINDOW / 256;
  private static final int SEEDS = 40;
  private static final DistanceMasses DISTANCES = new DistanceMasses(SIZE, 1, 4, Heads.ALL);
  private static final AttentionByDistance BY_DISTANCE =
      new AttentionByDistance(WINDOW, DISTANCES, WINDOW / 8);
  private static final LongAttn LONG_ATTN = new LongAttn(LongAttn.Mode.PAPER, WINDOW);
  private static final FarMasses FAR = LONG_ATTN.view();

  private AttentionSampleBenchmark() {}

  public static void main(String[] args) throws IOException {
    ModelDirectory directory = ModelDirectory.resolve(args[0]);
    Tokenizer tokenizer = Tokenizer.load(args[0]);
    List<int[]> rows =
        AllPairs.candidates(
                Path.of(args[1]), Integer.parseInt(args[2]), AllPairs.FEWEST, AllPairs.MOST)
            .stream()
            .map(each -> tokenizer.encode(each.text()))
            .filter(ids -> ids.length >= WINDOW)
            .map(ids -> Arrays.copyOf(ids, WINDOW))
            .toList();

    try (CausalLm model = CausalLm.open(directory)) {
      accuracy(model, rows);
      time("attention-distance", model, DISTANCES, WINDOW);
    }

    try (CausalLm first = CausalLm.openFirstLayer(directory, "cpu")) {
      time("longattn", first, FAR, WINDOW);
      time("longattn", first, new FarMasses(2 * WINDOW), 8 * WINDOW);
    }
  }

  /** All blocks are read once; those of a sample are taken from them. */
  private static void accuracy(CausalLm model, List<int[]> rows) {
    Sampled<double[][]> distances = new Sampled<>(DISTANCES, new QueryBlocks(SIZE, 256, 0));
    Sampled<FarMasses.Sums> far = new Sampled<>(FAR, new QueryBlocks(SIZE, 256, 0));
    List<AttentionReadings> readings = new ArrayList<>();

    for (int[] row : rows) {
      readings.add(
          model
              .attend(row, 0, List.of(distances, far, DISTANCES, FAR), Besides.NOTHING)
              .attention());
    }

    for (int count : new int[] {64, 16}) {
      List<Score> whole = new ArrayList<>();
      List<List<Score>> estimates = new ArrayList<>();

      for (AttentionReadings reading : readings) {
        whole.add(BY_DISTANCE.score(document(reading)));
        estimates.add(
            estimates(
                seed -> BY_DISTANCE.sampling(count, seed),
                seed ->
                    sample(
                        new Sampled<>(DISTANCES, new QueryBlocks(SIZE, count, seed)),
                        0,
                        reading.of(distances))));
      }

      print("attention-distance, %d blocks".formatted(count), whole, estimates, "score");
    }

    for (int count : new int[] {48, 12}) {
      List<Score> whole = new ArrayList<>();
      List<List<Score>> estimates = new ArrayList<>();

      for (AttentionReadings reading : readings) {
        whole.add(LONG_ATTN.score(document(reading)));
        estimates.add(
            estimates(
                seed -> LONG_ATTN.sampling(new QueryBlocks(SIZE, count, seed)),
                seed ->
                    sample(
                        new Sampled<>(FAR, new QueryBlocks(SIZE, count, seed)),
                        FAR.distance(),
                        reading.of(far))));
      }

      print("longattn DS, %d blocks".formatted(count), whole, estimates, "ds");
      print("longattn variance, %d blocks".formatted(count), whole, estimates, "variance");
    }
  }

  private interface OfSeed<T> {
    T of(long seed);
  }

  private static List<Score> estimates(
      OfSeed<Scorer<ContextWindows>> scorer, OfSeed<AttentionReadings> read) {
    List<Score> scores = new ArrayList<>();

    for (int seed = 0; seed < SEEDS; seed++) {
      scores.add(scorer.of(seed).score(document(read.of(seed))));
    }

    return scores;
  }

  private static <R> AttentionReadings sample(Sampled<R> view, int first, List<R> all) {
    List<R> drawn = new ArrayList<>();

    for (Block block : view.in(WINDOW)) {
      drawn.add(all.get((block.first() - first) / SIZE));
    }

    return AttentionReadings.NONE.with(view, drawn);
  }

  private static ContextWindows document(AttentionReadings reading) {
    ContextWindow window =
        new ContextWindow(0, new int[WINDOW], new TreeMap<>(), new float[0], reading);
    return new ContextWindows(WINDOW, List.of(window));
  }

  private static void print(
      String what, List<Score> whole, List<List<Score>> estimates, String detail) {
    ToDoubleFunction<Score> value =
        score -> detail.equals("score") ? score.value().getAsDouble() : score.details().get(detail);
    double squares = 0;
    double stated = 0;
    int one = 0;
    int two = 0;
    int count = 0;

    for (int d = 0; d < whole.size(); d++) {
      for (Score estimate : estimates.get(d)) {
        double off = Math.abs(value.applyAsDouble(estimate) - value.applyAsDouble(whole.get(d)));
        double error = estimate.details().get(detail + "_error");
        squares += off * off;
        stated += error * error;
        one += off <= error ? 1 : 0;
        two += off <= 2 * error ? 1 : 0;
        count++;
      }
    }

    double[] values = whole.stream().mapToDouble(value).toArray();
    double mean = Arrays.stream(values).average().orElseThrow();
    double spread =
        Math.sqrt(Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow());
    System.out.printf(
        Locale.ROOT,
        "| %s | %.4g | %.4g | %.4g | %.4g | %.0f %% | %.0f %% |%n",
        what,
        mean,
        spread,
        Math.sqrt(squares / count),
        Math.sqrt(stated / count),
        100.0 * one / count,
        100.0 * two / count);
  }

  private static void time(String what, CausalLm model, AttentionView<?> view, int length) {
    int[] row = new Random(1).ints(length, 0, model.config().vocabulary()).toArray();
    boolean far = view instanceof FarMasses;
    List<AttentionView<?>> views = new ArrayList<>(List.of(view));

    for (int count : far ? new int[] {48, 12} : new int[] {64, 16}) {
      views.add(new Sampled<>(view, new QueryBlocks(length / 256, count, 0)));
    }

    for (AttentionView<?> each : views) {
      double best = Double.POSITIVE_INFINITY;

      for (int i = 0; i < 3; i++) {
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        model.attend(row, 0, List.of(each), Besides.NOTHING);
        best =
            Math.min(
                best,
                (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / 1e9);
      }

      System.out.printf(
          Locale.ROOT,
          "%s, %,d tokens, %s: %.3f s%n",
          what,
          length,
          each instanceof Sampled<?> sampled ? sampled.blocks().count() + " blocks" : "all",
          best);
    }
  }
}
