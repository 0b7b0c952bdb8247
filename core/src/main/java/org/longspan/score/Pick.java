package org.longspan.score;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Some elements of parallel arrays. */
final class Pick {
  private Pick() {}

  static int[] atMost(double[] values, double most) {
    return IntStream.range(0, values.length).filter(i -> values[i] <= most).toArray();
  }

  static int[] of(int[] values, int[] indexes) {
    return Arrays.stream(indexes).map(i -> values[i]).toArray();
  }

  static double[] of(double[] values, int[] indexes) {
    return Arrays.stream(indexes).mapToDouble(i -> values[i]).toArray();
  }
}
