package org.longspan.score;

import java.util.Map;

/**
 * ProLong's long dependency score (LDS), arXiv 2405.17915.
 *
 * <p>With P(i) the perplexity of segment i alone and P(i|j) its perplexity after the earlier
 * segment j, over the measured pairs (i, j):
 *
 * <pre>
 *   strength    DST(i,j) = (P(i) - P(i|j)) / P(i)
 *   distance    DDI(i,j) = (i - j) / (K - 1)  in the released code,  (i - j) / (n - 1)  in the paper
 *   specificity DSP(i)   = 1 - H(softmax over j of P(i) - P(i|j)) / ln m,  m = contexts of segment i
 *   LDS = sum over pairs with DST(i,j) &gt; threshold of (DST(i,j) + DDI(i,j)) * DSP(i)
 * </pre>
 *
 * <p>Here n is the number of the document's segments and K that of a full window. The score is a
 * sum: it grows with the number of pairs, so documents are compared at the same pair count, or by
 * {@code mean}. Higher is better; 0 says that no pair passed the threshold.
 *
 * <p>Details, with which {@code score = counting_pairs * (strength + distance) * specificity} up to
 * rounding:
 *
 * <ul>
 *   <li>{@code segments}: n; {@code pairs}: measured pairs
 *   <li>{@code counting_pairs}: pairs with DST above the threshold
 *   <li>{@code strength}, {@code distance}: mean DST and mean DDI of the counting pairs, 0 without
 *       any
 *   <li>{@code specificity}: mean DSP of the counting pairs, each weighted by its DST + DDI, 0
 *       without any
 *   <li>{@code mean}: score / pairs
 * </ul>
 *
 * <p>A perplexity that is not a finite positive number fails the score; the released code drops
 * such pairs. Cost: O(segments + pairs) time and memory.
 */
public final class ProLong implements Scorer<SegmentPairs> {
  /** Strength that a pair must exceed to count, in the paper and in the released code. */
  public static final double PUBLISHED_THRESHOLD = 0.1;

  private final Mode mode;
  private final double threshold;
  private final int windowSegments;

  /**
   * @param mode what a distance is divided by
   * @param threshold strength that a pair must exceed to count, in [0, 1); 0.1 as published
   * @param windowSegments segments of a full window, K: 256 for segments of 128 tokens and a window
   *     of 32,768; at least 2
   */
  public ProLong(Mode mode, double threshold, int windowSegments) {
    if (!(threshold >= 0 && threshold < 1)) {
      throw new IllegalArgumentException(
          "ProLong's threshold must be at least 0 and below 1, not " + threshold + ".");
    }

    if (windowSegments < 2) {
      throw new IllegalArgumentException(
          "ProLong's window must hold at least 2 segments, not " + windowSegments + ".");
    }

    this.mode = mode;
    this.threshold = threshold;
    this.windowSegments = windowSegments;
  }

  /** Where the paper and its released code part. */
  public enum Mode {
    /**
     * Distances are divided by K - 1, so a distance in segments weighs the same in all documents.
     */
    CODE,
    /** Distances are divided by n - 1, so the farthest pair of any document has distance 1. */
    PAPER
  }

  @Override
  public String name() {
    return "prolong";
  }

  @Override
  public Score score(SegmentPairs measured) {
    int segments = measured.alone().length;
    int pairs = measured.target().length;
    if (segments < 2) {
      return Score.tooShort(
          "The document holds %d of the at least 2 whole segments that a dependency needs."
              .formatted(segments));
    }

    if (pairs == 0) {
      return Score.failed(
          "None of the pairs of the document's %d segments was measured.".formatted(segments));
    }

    double[] alone = perplexities(measured.alone());
    double[] together = perplexities(measured.together());
    for (int s = 0; s < segments; s++) {
      if (!isPerplexity(alone[s])) {
        return Score.failed(
            "Segment %d has a loss of %s nats a token, of which there is no finite perplexity."
                .formatted(s, measured.alone()[s]));
      }
    }

    for (int p = 0; p < pairs; p++) {
      if (!isPerplexity(together[p])) {
        return Score.failed(
            "Segment %d after segment %d has a loss of %s nats a token, of which there is no finite perplexity."
                .formatted(measured.target()[p], measured.context()[p], measured.together()[p]));
      }
    }

    return score(measured, alone, together);
  }

  private Score score(SegmentPairs measured, double[] alone, double[] together) {
    int segments = alone.length;
    int pairs = together.length;
    int[] target = measured.target();
    double[] specificity = specificities(target, alone, together);
    double longest = mode == Mode.CODE ? windowSegments - 1 : segments - 1;

    double score = 0;
    double strengths = 0;
    double distances = 0;
    int counting = 0;
    for (int p = 0; p < pairs; p++) {
      int i = target[p];
      double strength = (alone[i] - together[p]) / alone[i];
      if (strength > threshold) {
        double distance = Math.min(1, (i - measured.context()[p]) / longest);
        score += (strength + distance) * specificity[i];
        strengths += strength;
        distances += distance;
        counting++;
      }
    }

    double weight = strengths + distances;
    return Score.of(
        score,
        Map.of(
            "segments",
            (double) segments,
            "pairs",
            (double) pairs,
            "counting_pairs",
            (double) counting,
            "strength",
            counting == 0 ? 0 : strengths / counting,
            "distance",
            counting == 0 ? 0 : distances / counting,
            "specificity",
            counting == 0 ? 0 : score / weight,
            "mean",
            score / pairs));
  }

  /** DSP of every segment; the gains of a segment's contexts stand side by side. */
  private static double[] specificities(int[] target, double[] alone, double[] together) {
    int segments = alone.length;
    int[] end = new int[segments];
    for (int i : target) {
      end[i]++;
    }

    for (int i = 1; i < segments; i++) {
      end[i] += end[i - 1];
    }

    double[] gains = new double[target.length];
    int[] begin = end.clone();
    for (int p = target.length - 1; p >= 0; p--) {
      int i = target[p];
      begin[i]--;
      gains[begin[i]] = alone[i] - together[p];
    }

    double[] specificity = new double[segments];
    for (int i = 0; i < segments; i++) {
      specificity[i] = specificity(gains, begin[i], end[i]);
    }

    return specificity;
  }

  /**
   * DSP: how much a segment's gains in perplexity stand out among its contexts; 0 where all
   * contexts help alike, 1 where a single one helps. {@code 1 - H(softmax(gains)) / ln m}, in [0,
   * 1]; 1 for one context and 0 for none, as released.
   *
   * @param gains {@code P(i) - P(i|j)}, finite, at [from, to)
   */
  static double specificity(double[] gains, int from, int to) {
    int contexts = to - from;
    if (contexts < 2) {
      return contexts;
    }

    double highest = Double.NEGATIVE_INFINITY;
    for (int c = from; c < to; c++) {
      highest = Math.max(highest, gains[c]);
    }

    // H = ln(sum of e^x) - sum of p x with x = gain - highest <= 0: no overflow, and a context
    // whose
    // e^x vanishes adds nothing.
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

  private static double[] perplexities(double[] losses) {
    double[] perplexities = new double[losses.length];
    for (int l = 0; l < losses.length; l++) {
      perplexities[l] = Math.exp(losses[l]);
    }

    return perplexities;
  }

  private static boolean isPerplexity(double value) {
    return Double.isFinite(value) && value > 0;
  }
}
