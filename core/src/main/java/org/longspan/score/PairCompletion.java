package org.longspan.score;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.longspan.seed.Seeded;

/**
 * All pairs of a document from a sample of them: measured pairs as they are, the others predicted.
 * Ours, for {@link ProLong} with few pairs.
 *
 * <p>Scoring the sample itself has a problem that no choice of pairs solves. The specificity of a
 * segment compares its contexts, and with n segments and T pairs a segment has only about T / n of
 * them: with one it is 1 by definition, with few it is mostly noise. Taking fewer segments with
 * more contexts each is no better, since segments differ more than contexts do. But the gain of a
 * pair, {@code g(i,j) = loss(i) - loss(i|j)}, can be told largely without the model. By {@link
 * PairClues}, over the measured pairs of the one document,
 *
 * <pre>
 *   g(i,j) = b0 + b1 ln(i - j) + b2 opening(i) + b3 copyable(i,j) + r(i) + noise
 * </pre>
 *
 * <p>with r(i) what all contexts of segment i have in common. Clues are standardised, and b1 to b3
 * have a ridge penalty of 0.2, so that a handful of pairs is enough. r(i) is shrunk to {@code sum
 * of residuals / (contexts + s)}, where s is the ratio of the variances of noise and of r,
 * estimated from the document itself (empirical Bayes, with as much weight as {@value #PRIOR}
 * segments on s = {@value #PRIOR_SHRINKAGE}): r is most of the variance in prose, and little of it
 * in code. The model explains 65 to 95 % of the variance of gains.
 *
 * <p>The threshold and the entropy of the score are not linear, so predictions need the spread of
 * real gains: each gets a residual of the sample, drawn by hash and widened for the degrees of
 * freedom that the fit took. Several such completions are scored and averaged. How well this ranks
 * documents is in docs/benchmarks.md.
 *
 * <p>Cost: O(pairs of the clues) time and memory a completion, far below that of a pass.
 */
final class PairCompletion {
  private static final int COMPLETIONS = 8;
  private static final int SWEEPS = 40;
  private static final double RIDGE = 0.2;
  private static final double PRIOR = 4;
  private static final double PRIOR_SHRINKAGE = 2;
  private static final double LEAST_SHRINKAGE = 0.1;
  private static final double MOST_SHRINKAGE = 50;
  private static final double WIDEST = 2;

  private final SegmentPairs sample;
  private final PairClues clues;
  private final double[][] features;
  private final int[] measured;
  private final double[] gains;
  private final double[] coefficients;
  private final double[] ofTarget;
  private final int[] contexts;
  private double shrinkage = PRIOR_SHRINKAGE;

  private PairCompletion(SegmentPairs sample) {
    this.sample = sample;
    this.clues = sample.clues();
    this.features = features(clues);
    this.measured = places(sample);
    this.gains =
        IntStream.range(0, measured.length)
            .mapToDouble(p -> sample.alone()[sample.target()[p]] - sample.together()[p])
            .toArray();
    this.coefficients = new double[features.length];
    this.ofTarget = new double[sample.alone().length];
    this.contexts = new int[ofTarget.length];

    for (int i : sample.target()) {
      contexts[i]++;
    }
  }

  /** Completions of the sample; the sample itself where nothing is missing or nothing is known. */
  static List<SegmentPairs> of(SegmentPairs sample) {
    if (sample.target().length == 0 || sample.clues().target().length <= sample.target().length) {
      return List.of(sample);
    }

    PairCompletion completion = new PairCompletion(sample);
    double[] residuals = completion.fit();
    return IntStream.range(0, COMPLETIONS).mapToObj(c -> completion.draw(c, residuals)).toList();
  }

  /** A constant and the standardised clues, by feature and pair. */
  private static double[][] features(PairClues clues) {
    int pairs = clues.target().length;
    double[] constant = new double[pairs];
    Arrays.fill(constant, 1);
    return new double[][] {
      constant,
      standardised(
          IntStream.range(0, pairs)
              .mapToDouble(p -> Math.log(clues.target()[p] - clues.context()[p]))
              .toArray()),
      standardised(Arrays.stream(clues.target()).mapToDouble(i -> clues.opening()[i]).toArray()),
      standardised(clues.copyable().clone())
    };
  }

  private static double[] standardised(double[] values) {
    double mean = Arrays.stream(values).average().orElse(0);
    double variance = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElse(0);
    double scale = variance > 0 ? 1 / Math.sqrt(variance) : 0;
    return Arrays.stream(values).map(v -> (v - mean) * scale).toArray();
  }

  /** Where each measured pair stands among the clues. */
  private static int[] places(SegmentPairs sample) {
    int segments = sample.alone().length;
    int[][] place = new int[segments][];

    for (int i = 0; i < segments; i++) {
      place[i] = new int[i];
    }

    PairClues clues = sample.clues();

    for (int p = 0; p < clues.target().length; p++) {
      place[clues.target()[p]][clues.context()[p]] = p;
    }

    return IntStream.range(0, sample.target().length)
        .map(p -> place[sample.target()[p]][sample.context()[p]])
        .toArray();
  }

  /**
   * Coordinate descent, one coefficient at a time, which needs no solver and converges because the
   * penalised squares are convex.
   *
   * @return residuals of the measured pairs, widened
   */
  private double[] fit() {
    double[] residual = gains.clone();

    for (int sweep = 0; sweep < SWEEPS; sweep++) {
      for (int f = 0; f < features.length; f++) {
        fitFeature(f, residual);
      }

      fitTargets(residual);
      shrinkage = estimatedShrinkage(residual);
    }

    double widening = Math.min(WIDEST, Math.sqrt(gains.length / freedom()));
    return Arrays.stream(residual).map(r -> r * widening).toArray();
  }

  private void fitFeature(int f, double[] residual) {
    double squares = f == 0 ? 0 : RIDGE;
    double products = 0;

    for (int p = 0; p < residual.length; p++) {
      double x = features[f][measured[p]];
      squares += x * x;
      products += x * (residual[p] + x * coefficients[f]);
    }

    double step = (squares > 0 ? products / squares : 0) - coefficients[f];
    coefficients[f] += step;

    for (int p = 0; p < residual.length; p++) {
      residual[p] -= step * features[f][measured[p]];
    }
  }

  private void fitTargets(double[] residual) {
    double[] sums = new double[ofTarget.length];

    for (int p = 0; p < residual.length; p++) {
      int i = sample.target()[p];
      residual[p] += ofTarget[i];
      sums[i] += residual[p];
    }

    for (int i = 0; i < sums.length; i++) {
      ofTarget[i] = sums[i] / (contexts[i] + shrinkage);
    }

    for (int p = 0; p < residual.length; p++) {
      residual[p] -= ofTarget[sample.target()[p]];
    }
  }

  /** A step of expectation maximisation for the variances of the noise and of r. */
  private double estimatedShrinkage(double[] residual) {
    double noise = Arrays.stream(residual).map(r -> r * r).sum() / freedom();
    double squares = PRIOR * noise / PRIOR_SHRINKAGE;
    double targets = PRIOR;

    for (int i = 0; i < contexts.length; i++) {
      if (contexts[i] > 0) {
        squares += ofTarget[i] * ofTarget[i] + noise / (contexts[i] + shrinkage);
        targets++;
      }
    }

    return squares == 0
        ? PRIOR_SHRINKAGE
        : Math.min(MOST_SHRINKAGE, Math.max(LEAST_SHRINKAGE, noise * targets / squares));
  }

  /** Degrees of freedom that are left to the residuals. */
  private double freedom() {
    double taken = Arrays.stream(contexts).mapToDouble(m -> m / (m + shrinkage)).sum();
    return Math.max(1, gains.length - taken - features.length);
  }

  private SegmentPairs draw(int number, double[] residuals) {
    double[] together = new double[clues.target().length];

    for (int p = 0; p < together.length; p++) {
      int i = clues.target()[p];
      double gain = ofTarget[i];

      for (int f = 0; f < features.length; f++) {
        gain += coefficients[f] * features[f][p];
      }

      long hash = Seeded.hash(number, "prolong-residuals", "", p);
      gain += residuals[(int) Seeded.index(hash, residuals.length)];
      together[p] = sample.alone()[i] - gain;
    }

    for (int p = 0; p < measured.length; p++) {
      together[measured[p]] = sample.together()[p];
    }

    return new SegmentPairs(
        sample.alone(), clues.target(), clues.context(), together, clues.copied(), PairClues.NONE);
  }
}
