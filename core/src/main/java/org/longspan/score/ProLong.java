package org.longspan.score;

import java.util.Arrays;
import java.util.List;
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
 * <p>Here n is the number of the document's segments and K that of a full window. The published
 * score is a sum: it grows with the number of pairs, so documents are compared at the same pair
 * count, or by {@link Aggregate#MEAN}. Higher is better; 0 says that no pair passed the threshold.
 *
 * <p>The defaults of a run are the published ones. Ours beside them: {@link Specificity#ofLoss},
 * which does not depend on the scale of the model's perplexities; {@link PairSampling#STRATIFIED};
 * and, where a measurement has {@link PairClues}, a score of all pairs, the unmeasured ones
 * predicted ({@code PairCompletion}).
 *
 * <p>Details, with which {@code sum = counting_pairs * (strength + distance) * specificity} up to
 * rounding:
 *
 * <ul>
 *   <li>{@code segments}: n; {@code measured_pairs}; {@code pairs}: those that are scored, more
 *       than measured where the rest is predicted
 *   <li>{@code counting_pairs}: pairs with DST above the threshold
 *   <li>{@code strength}, {@code distance}: mean DST and mean DDI of the counting pairs, 0 without
 *       any
 *   <li>{@code specificity}: mean DSP of the counting pairs, each weighted by its DST + DDI, 0
 *       without any
 *   <li>{@code sum}, {@code mean}: the score in both aggregates; mean = sum / pairs
 *   <li>{@code thin_rows}: share of the segments with two or more earlier ones of which fewer than
 *       two were measured as contexts. Their DSP is 0 or 1 by definition: a high share says noise
 *   <li>{@code non_copy}: the score over the pairs that are left without copies, 0 if none is, see
 *       {@link SegmentPairs#withoutCopies}
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
  private final Specificity specificity;
  private final Aggregate aggregate;

  /** With the published specificity and aggregate. */
  public ProLong(Mode mode, double threshold, int windowSegments) {
    this(mode, threshold, windowSegments, Specificity.ofPerplexity(), Aggregate.SUM);
  }

  /**
   * @param mode what a distance is divided by
   * @param threshold strength that a pair must exceed to count, in [0, 1); 0.1 as published
   * @param windowSegments segments of a full window, K: 256 for segments of 128 tokens and a window
   *     of 32,768; at least 2
   * @param specificity what the gains of contexts are
   * @param aggregate what becomes the score
   */
  public ProLong(
      Mode mode,
      double threshold,
      int windowSegments,
      Specificity specificity,
      Aggregate aggregate) {
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
    this.specificity = specificity;
    this.aggregate = aggregate;
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

  /** What becomes of the pairs' values. */
  public enum Aggregate {
    /** Their sum, as published. With as many pairs for each document it ranks as the mean does. */
    SUM,
    /** Their mean: documents of few segments, which have fewer pairs, are not behind for that. */
    MEAN
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

    for (int s = 0; s < segments; s++) {
      if (!isPerplexity(measured.alone()[s])) {
        return Score.failed(
            "Segment %d has a loss of %s nats a token, of which there is no finite perplexity."
                .formatted(s, measured.alone()[s]));
      }
    }

    for (int p = 0; p < pairs; p++) {
      if (!isPerplexity(measured.together()[p])) {
        return Score.failed(
            "Segment %d after segment %d has a loss of %s nats a token, of which there is no finite perplexity."
                .formatted(measured.target()[p], measured.context()[p], measured.together()[p]));
      }
    }

    Parts all = parts(measured);
    double nonCopy = measured.hasCopies() ? value(parts(measured.withoutCopies())) : value(all);
    return Score.of(
        value(all),
        Map.ofEntries(
            Map.entry("segments", (double) segments),
            Map.entry("measured_pairs", (double) pairs),
            Map.entry("pairs", all.pairs),
            Map.entry("counting_pairs", all.counting),
            Map.entry("strength", all.counting == 0 ? 0 : all.strengths / all.counting),
            Map.entry("distance", all.counting == 0 ? 0 : all.distances / all.counting),
            Map.entry(
                "specificity", all.counting == 0 ? 0 : all.sum / (all.strengths + all.distances)),
            Map.entry("sum", all.sum),
            Map.entry("mean", all.mean()),
            Map.entry("thin_rows", thinRows(measured)),
            Map.entry("non_copy", nonCopy)));
  }

  private double value(Parts parts) {
    return aggregate == Aggregate.SUM ? parts.sum : parts.mean();
  }

  /** The parts of the score, on average over the completions. */
  private Parts parts(SegmentPairs measured) {
    List<SegmentPairs> completions = PairCompletion.of(measured);
    Parts sum = completions.stream().map(this::partsOf).reduce(Parts.NONE, Parts::plus);
    return sum.dividedBy(completions.size());
  }

  private Parts partsOf(SegmentPairs measured) {
    int segments = measured.alone().length;
    int[] target = measured.target();
    double[] alone = perplexities(measured.alone());
    double[] together = perplexities(measured.together());
    double[] specificities = specificities(measured);
    double longest = mode == Mode.CODE ? windowSegments - 1 : segments - 1;

    double sum = 0;
    double strengths = 0;
    double distances = 0;
    int counting = 0;

    for (int p = 0; p < target.length; p++) {
      int i = target[p];
      double strength = (alone[i] - together[p]) / alone[i];

      if (strength > threshold) {
        double distance = Math.min(1, (i - measured.context()[p]) / longest);
        sum += (strength + distance) * specificities[i];
        strengths += strength;
        distances += distance;
        counting++;
      }
    }

    return new Parts(sum, strengths, distances, counting, target.length);
  }

  private record Parts(
      double sum, double strengths, double distances, double counting, double pairs) {
    private static final Parts NONE = new Parts(0, 0, 0, 0, 0);

    double mean() {
      return pairs == 0 ? 0 : sum / pairs;
    }

    Parts plus(Parts other) {
      return new Parts(
          sum + other.sum,
          strengths + other.strengths,
          distances + other.distances,
          counting + other.counting,
          pairs + other.pairs);
    }

    Parts dividedBy(int count) {
      return new Parts(
          sum / count, strengths / count, distances / count, counting / count, pairs / count);
    }
  }

  /** Segments 0 and 1 have no two earlier ones and don't count. */
  private static double thinRows(SegmentPairs measured) {
    int[] contexts = new int[measured.alone().length];

    for (int i : measured.target()) {
      contexts[i]++;
    }

    double thin = Arrays.stream(contexts).skip(2).filter(m -> m < 2).count();
    return contexts.length < 3 ? 0 : thin / (contexts.length - 2);
  }

  /** DSP of every segment; the gains of a segment's contexts stand side by side. */
  private double[] specificities(SegmentPairs measured) {
    int[] target = measured.target();
    int[] end = new int[measured.alone().length];

    for (int i : target) {
      end[i]++;
    }

    for (int i = 1; i < end.length; i++) {
      end[i] += end[i - 1];
    }

    double[] gains = new double[target.length];
    int[] begin = end.clone();

    for (int p = target.length - 1; p >= 0; p--) {
      int i = target[p];
      begin[i]--;
      gains[begin[i]] = specificity.gain(measured.alone()[i], measured.together()[p]);
    }

    double[] specificities = new double[end.length];

    for (int i = 0; i < end.length; i++) {
      specificities[i] = Specificity.of(gains, begin[i], end[i]);
    }

    return specificities;
  }

  private static double[] perplexities(double[] losses) {
    return Arrays.stream(losses).map(Math::exp).toArray();
  }

  private static boolean isPerplexity(double loss) {
    double perplexity = Math.exp(loss);
    return Double.isFinite(perplexity) && perplexity > 0;
  }
}
