package org.longspan.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Random;

/**
 * How near forward passes come to the processor's peak, by hand: tokens a second of one thread, and
 * their share of the best matrix product that the same thread reaches in the same minute. Times are
 * the thread's own, so other work on the machine disturbs them little.
 *
 * <p>Arguments: model directories; {@code builtin:starter} without any. See docs/benchmarks.md.
 */
final class CausalLmBenchmark {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int[][] BATCHES = {{8, 256}, {16, 128}, {1, 2048}};
  private static final int REPEATS = 2;

  private CausalLmBenchmark() {}

  public static void main(String[] args) {
    for (String location : args.length == 0 ? new String[] {"builtin:starter"} : args) {
      try (CausalLm model = CausalLm.open(ModelDirectory.resolve(location))) {
        for (int[] batch : BATCHES) {
          plain(location, model, batch[0], batch[1]);
        }

        shared(location, model, 8, 16, 128);
      }
    }
  }

  private static void plain(String location, CausalLm model, int rows, int length) {
    int[][] tokens = tokens(model, rows, length);
    double operations =
        (double) rows * length * layers(model, 0.5 * (length + 1))
            + (double) rows * (length - 1) * head(model);
    print(location, rows + " x " + length, rows * length, operations, () -> model.losses(tokens));
  }

  private static void shared(String location, CausalLm model, int contexts, int rows, int length) {
    int[][] tokens = tokens(model, rows, length);
    int[] contextRow = new Random(2).ints(rows, 0, contexts).toArray();
    double operations =
        rows * (length - 1.0) * (layers(model, length + 0.5 * length) + head(model));

    try (CausalLm.Context context = model.read(tokens(model, contexts, length))) {
      print(
          location,
          rows + " x " + length + " after " + length,
          rows * length,
          operations,
          () -> model.losses(context, contextRow, tokens));
    }
  }

  private static void print(
      String location, String batch, int tokens, double operations, Runnable pass) {
    pass.run();
    double peak = peak();
    double seconds = best(pass, REPEATS);
    peak = Math.max(peak, peak());
    System.out.printf(
        "%s  %s: %,.0f tokens/s, %.1f of %.1f GFLOP/s, %.0f %%%n",
        location,
        batch,
        tokens / seconds,
        operations / seconds / 1e9,
        peak / 1e9,
        100 * operations / seconds / peak);
  }

  /** Floating-point operations of the layers for one token that attends to {@code seen} others. */
  private static double layers(CausalLm model, double seen) {
    ModelConfig c = model.config();
    ModelConfig.Attention a = c.attention();
    double attention = (double) c.hidden() * a.size() * (2.0 * a.heads() + 2.0 * a.keyHeads());
    double mixing = 2.0 * seen * a.heads() * a.size();
    double products = c.feedForward().gated() ? 3 : 2;
    return 2 * c.layers() * (attention + mixing + products * c.hidden() * c.feedForward().inner());
  }

  private static double head(CausalLm model) {
    return 2.0 * model.config().embedding().width() * model.config().vocabulary();
  }

  /** The best of several large matrix products, in operations a second. */
  private static double peak() {
    double best = 0;

    for (int[] size : new int[][] {{1024, 1024, 1024}, {2048, 1536, 576}, {2048, 1024, 1024}}) {
      try (NDManager manager = PyTorch.manager("cpu")) {
        NDArray a = manager.randomNormal(new Shape(size[0], size[2]));
        NDArray b = manager.randomNormal(new Shape(size[2], size[1]));
        double seconds = best(() -> a.matMul(b).close(), 4 * REPEATS);
        best = Math.max(best, 2.0 * size[0] * size[1] * size[2] / seconds);
      }
    }

    return best;
  }

  private static double best(Runnable work, int repeats) {
    long best = Long.MAX_VALUE;

    for (int i = 0; i < repeats; i++) {
      long start = THREADS.getCurrentThreadCpuTime();
      work.run();
      best = Math.min(best, THREADS.getCurrentThreadCpuTime() - start);
    }

    return best / 1e9;
  }

  private static int[][] tokens(CausalLm model, int rows, int length) {
    Random random = new Random(1);
    int[][] tokens = new int[rows][];

    for (int i = 0; i < rows; i++) {
      tokens[i] = random.ints(length, 0, model.config().vocabulary()).toArray();
    }

    return tokens;
  }
}
