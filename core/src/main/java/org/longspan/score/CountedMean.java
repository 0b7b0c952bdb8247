package org.longspan.score;

/** Means over the tokens that count: others are NaN. */
final class CountedMean {
  private CountedMean() {}

  /** The mean of the numbers at from to to - 1; NaN where there is none. */
  static double of(float[] values, int from, int to) {
    double sum = 0;
    int counted = 0;

    for (int t = from; t < to; t++) {
      if (!Float.isNaN(values[t])) {
        sum += values[t];
        counted++;
      }
    }

    return sum / counted;
  }
}
