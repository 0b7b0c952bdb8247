package org.longspan.measure;

import java.util.Arrays;

/** Spearman's rank correlation; equal values share their mean rank. */
final class Spearman {
  private Spearman() {}

  static double of(double[] one, double[] other) {
    double[] a = ranks(one);
    double[] b = ranks(other);
    double mean = (a.length - 1) / 2.0;
    double products = 0;
    double squaresA = 0;
    double squaresB = 0;

    for (int i = 0; i < a.length; i++) {
      products += (a[i] - mean) * (b[i] - mean);
      squaresA += (a[i] - mean) * (a[i] - mean);
      squaresB += (b[i] - mean) * (b[i] - mean);
    }

    return products / Math.sqrt(squaresA * squaresB);
  }

  private static double[] ranks(double[] values) {
    return Arrays.stream(values)
        .map(
            value -> {
              long below = Arrays.stream(values).filter(each -> each < value).count();
              long equal = Arrays.stream(values).filter(each -> each == value).count();
              return below + (equal - 1) / 2.0;
            })
        .toArray();
  }
}
