package org.longspan.pack;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntSupplier;

/**
 * Time of laying out ten million lengths at L = 131,072. Run by hand, on one core:
 *
 * <pre>
 * mvn -q -pl core test-compile
 * taskset -c 0 java -Xmx1g -cp core/target/classes:core/target/test-classes org.longspan.pack.BestFitBenchmark
 * </pre>
 *
 * <p>It prints the seconds of three passes (the first one warms up), the rows and their fill, for
 * log-normal lengths as of a web corpus and for uniform ones.
 */
final class BestFitBenchmark {
  private static final int DOCUMENTS = 10_000_000;
  private static final int CAPACITY = 131_072;

  private BestFitBenchmark() {}

  public static void main(String[] arguments) {
    SplittableRandom random = new SplittableRandom(11);
    measure("log-normal", lengths(() -> (int) Math.exp(6.5 + 1.5 * random.nextGaussian())));
    measure("uniform", lengths(() -> random.nextInt(1, CAPACITY + 1)));
  }

  private static int[] lengths(IntSupplier length) {
    int[] lengths = new int[DOCUMENTS];
    Arrays.setAll(lengths, i -> Math.max(1, Math.min(CAPACITY, length.getAsInt())));
    return lengths;
  }

  private static void measure(String name, int[] lengths) {
    double tokens = Arrays.stream(lengths).asLongStream().sum();
    for (int pass = 0; pass < 3; pass++) {
      long begun = System.nanoTime();
      int[] bins = BestFit.bins(lengths, CAPACITY);
      double seconds = (System.nanoTime() - begun) / 1e9;
      int rows = Arrays.stream(bins).max().orElse(-1) + 1;
      System.out.printf(
          "%s: %.2f s, %,d rows, fill %.5f%n",
          name, seconds, rows, tokens / ((double) rows * CAPACITY));
    }
  }
}
