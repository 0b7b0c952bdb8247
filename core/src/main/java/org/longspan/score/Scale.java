package org.longspan.score;

import java.io.Serializable;

/**
 * How a value is spread over the documents of a group, to say where one of them lies. The moments
 * are of the values {@linkplain #unit scaled to [0, 1]}, so that tiny values keep their digits.
 *
 * @param least the least value
 * @param most the greatest value
 * @param mean of the scaled values
 * @param meanSquare mean of their squares
 */
public record Scale(double least, double most, double mean, double meanSquare)
    implements Serializable {
  /** The same range with these moments. */
  public Scale with(double anotherMean, double anotherMeanSquare) {
    return new Scale(least, most, anotherMean, anotherMeanSquare);
  }

  /** From 0, the least value, to 1, the greatest; 0.5 where all are equal. */
  public double unit(double value) {
    return most > least ? (value - least) / (most - least) : 0.5;
  }

  /** Standard deviations above the mean (z-score); 0 where all are equal. */
  public double standard(double value) {
    double variance = meanSquare - mean * mean;
    return most > least && variance > 0 ? (unit(value) - mean) / Math.sqrt(variance) : 0;
  }
}
