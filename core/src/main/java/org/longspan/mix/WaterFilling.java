package org.longspan.mix;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Shares out an amount in proportion to weights, where nobody can have more than a cap. */
final class WaterFilling {
  private WaterFilling() {}

  /**
   * {@code min(λ weight, cap)} each, with the λ at which they sum to the amount: who is full keeps
   * the cap, and what it lacks goes to the others in proportion to their weights, until nobody more
   * is full. O(n log n).
   *
   * @param weights 0 or more; who has none gets none
   * @param caps 0 or more
   * @param amount where all caps together are less, everybody with a weight is full
   */
  static double[] fill(double[] weights, double[] caps, double amount) {
    int[] soonestFull =
        IntStream.range(0, weights.length)
            .filter(i -> weights[i] > 0)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> caps[i] / weights[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] filled = new double[weights.length];
    double left = amount;
    double weightLeft = IntStream.of(soonestFull).mapToDouble(i -> weights[i]).sum();
    for (int i : soonestFull) {
      filled[i] = Math.max(0, Math.min(caps[i], left * Math.min(1, weights[i] / weightLeft)));
      left -= filled[i];
      weightLeft -= weights[i];
    }

    return filled;
  }
}
