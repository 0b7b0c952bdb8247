package org.longspan.score;

import java.util.Arrays;

/**
 * How well a score tells two kinds of documents apart: the chance that one of the first kind scores
 * higher than one of the second, equal scores counting half. 1 tells them apart wholly, 0.5 not at
 * all, and below that the score prefers the second kind. Cost: O(n log n).
 */
public final class Auc {
  private Auc() {}

  /**
   * @param higher scores of the documents that should be higher, at least one
   * @param lower scores of the others, at least one
   * @return in [0, 1]
   */
  public static double of(double[] higher, double[] lower) {
    if (higher.length == 0 || lower.length == 0) {
      throw new IllegalArgumentException(
          "Two kinds of documents are compared, but there are %d of one and %d of the other."
              .formatted(higher.length, lower.length));
    }

    double[] sorted = lower.clone();
    Arrays.sort(sorted);
    double wins = 0;

    for (double score : higher) {
      int below = firstNotBelow(sorted, score);
      wins += below + (firstAbove(sorted, score) - below) / 2.0;
    }

    return wins / higher.length / lower.length;
  }

  private static int firstNotBelow(double[] sorted, double value) {
    int low = 0;
    int high = sorted.length;

    while (low < high) {
      int middle = (low + high) >>> 1;

      if (sorted[middle] < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }

    return low;
  }

  private static int firstAbove(double[] sorted, double value) {
    return value == Double.POSITIVE_INFINITY
        ? sorted.length
        : firstNotBelow(sorted, Math.nextUp(value));
  }
}
