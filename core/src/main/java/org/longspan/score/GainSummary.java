package org.longspan.score;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.DoubleStream;

/**
 * How gains are spread over tokens. Most tokens need no far context at all (arXiv 2512.08082), so a
 * mean says little without its tail. Cost: O(n log n).
 */
final class GainSummary {
  private double[] gains = new double[1024];
  private int count;

  void add(double gain) {
    if (count == gains.length) {
      gains = Arrays.copyOf(gains, 2 * count);
    }

    gains[count++] = gain;
  }

  int count() {
    return count;
  }

  double sum() {
    double sum = 0;

    for (int i = 0; i < count; i++) {
      sum += gains[i];
    }

    return sum;
  }

  /** The mean; 0 of nothing. */
  double mean() {
    return count == 0 ? 0 : sum() / count;
  }

  /** The mean of the highest values, this share of all, at least one; 0 of nothing. */
  double topMean(double share) {
    return Arrays.stream(highest(Math.max(1, (int) Math.round(share * count)))).average().orElse(0);
  }

  /** This many of the highest gains, ascending. */
  double[] highest(int most) {
    double[] sorted = sorted();
    return Arrays.copyOfRange(sorted, Math.max(0, count - most), count);
  }

  /** The share of all positive gain that some of the gains have; 0 where none is positive. */
  double shareOf(double[] some) {
    double positive = positive(Arrays.stream(gains, 0, count));
    return positive > 0 ? positive(Arrays.stream(some)) / positive : 0;
  }

  /**
   * Adds {@code gain_p95}, {@code gain_p99}, {@code gain_trimmed_mean} (without the highest and the
   * lowest twentieth) and {@code gain_top_share}, the share of all positive gain that the highest
   * hundredth of the tokens has: near 1 where few tokens make the score.
   */
  void addTo(Map<String, Double> details) {
    if (count == 0) {
      return;
    }

    double[] sorted = sorted();
    details.put("gain_p95", quantile(sorted, 0.95));
    details.put("gain_p99", quantile(sorted, 0.99));
    int cut = count / 20;
    details.put(
        "gain_trimmed_mean", Arrays.stream(sorted, cut, count - cut).average().getAsDouble());
    details.put(
        "gain_top_share",
        shareOf(Arrays.copyOfRange(sorted, count - Math.max(1, count / 100), count)));
  }

  private double[] sorted() {
    double[] sorted = Arrays.copyOf(gains, count);
    Arrays.sort(sorted);
    return sorted;
  }

  private static double positive(DoubleStream gains) {
    return gains.filter(gain -> gain > 0).sum();
  }

  /** The least value that at least this share of the values does not exceed. */
  private static double quantile(double[] sorted, double share) {
    return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
  }
}
