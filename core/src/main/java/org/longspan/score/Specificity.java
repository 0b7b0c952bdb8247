package org.longspan.score;

/**
 * ProLong's dependency specificity (DSP): how much a segment's contexts differ in the help that
 * they give. {@code 1 - H(softmax(gains)) / ln m} over the m measured contexts of the segment: 0
 * where all help alike, 1 where a single one does; 1 for one context and 0 for none, as released.
 *
 * <p>The published gain is a raw difference of perplexities, {@code P(i) - P(i|j)}, so the softmax
 * is as sharp as perplexities are large: with normal gains of standard deviation 1 DSP is about
 * 0.15, with 20 it is 0.94. Text that the model finds hard (bad OCR, another language) has DSP near
 * 1 whatever its contexts do, and a better model lowers all scores. {@link #ofLoss} has no such
 * scale.
 */
public final class Specificity {
  /**
   * Nats a token. A context that lowers a segment's perplexity by a tenth more than another, the
   * published threshold of what counts as help, weighs e times as much.
   */
  public static final double TEMPERATURE = 0.1;

  private final double temperature;

  private Specificity(double temperature) {
    this.temperature = temperature;
  }

  /** Gains are differences of perplexities, at temperature 1, as published. */
  public static Specificity ofPerplexity() {
    return new Specificity(0);
  }

  /**
   * Gains are differences of losses, {@code (loss(i) - loss(i|j)) / temperature}: ratios of
   * perplexities, which do not depend on how large perplexities are.
   *
   * @param temperature nats a token, above 0; {@link #TEMPERATURE} is ours
   */
  public static Specificity ofLoss(double temperature) {
    if (!(temperature > 0 && Double.isFinite(temperature))) {
      throw new IllegalArgumentException(
          "The temperature of ProLong's specificity must be above 0, not " + temperature + ".");
    }

    return new Specificity(temperature);
  }

  /** The gain of a context, from a segment's loss alone and its loss after the context. */
  double gain(double alone, double together) {
    return temperature == 0
        ? Math.exp(alone) - Math.exp(together)
        : (alone - together) / temperature;
  }

  /**
   * DSP, in [0, 1].
   *
   * @param gains finite, at [from, to)
   */
  static double of(double[] gains, int from, int to) {
    int contexts = to - from;

    if (contexts < 2) {
      return contexts;
    }

    double highest = Double.NEGATIVE_INFINITY;

    for (int c = from; c < to; c++) {
      highest = Math.max(highest, gains[c]);
    }

    // H = ln(sum of e^x) - sum of p x with x = gain - highest <= 0: no overflow, and a context
    // whose e^x vanishes adds nothing.
    double sum = 0;
    double weighted = 0;

    for (int c = from; c < to; c++) {
      double x = gains[c] - highest;
      double e = Math.exp(x);

      if (e > 0) {
        sum += e;
        weighted += e * x;
      }
    }

    double entropy = Math.log(sum) - weighted / sum;
    return Math.min(1, Math.max(0, 1 - entropy / Math.log(contexts)));
  }
}
