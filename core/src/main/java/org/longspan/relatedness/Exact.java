package org.longspan.relatedness;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * EXACT's weights, arXiv 2605.10544: tokens with much context, of which packed training has few,
 * count for more, the rarer their bucket the more.
 *
 * <pre>
 *   q_b = tokens of bucket b / tokens of the tail      the tail: buckets from tau on
 *   r_b = q_b^-gamma
 *   w_b = 1 + alpha · r_b / (sum over the tail of q r)    and 1 outside of the tail
 * </pre>
 *
 * <p>So the loss of the tail counts for 1 + alpha of what it did: sum over the tail of q (w - 1) =
 * alpha. The paper's epsilon keeps empty buckets finite; here they have the weight 1, which no
 * token gets. Published with windows of 4K, 8K and 16K are tau of 1K, 2K and 4K.
 *
 * @param alpha from 0
 * @param gamma from 0: all of the tail alike; 1: all buckets of the tail in equal parts
 * @param tau tokens of context with which the tail begins: 0, or a power of two from 8
 */
public record Exact(double alpha, double gamma, int tau) {
  public static final double PUBLISHED_ALPHA = 0.15;
  public static final double PUBLISHED_GAMMA = 0.5;

  public Exact {
    if (!(alpha >= 0) || !(gamma >= 0)) {
      throw new IllegalArgumentException(
          "EXACT's alpha and gamma are numbers from 0 on, not %s and %s.".formatted(alpha, gamma));
    }

    if (tau < 0 || Exposure.atLeast(Exposure.bucket(tau)) != tau) {
      throw new IllegalArgumentException(
          "EXACT's tail begins with a context of 0 tokens, or of a power of two from 8, not of %d."
              .formatted(tau));
    }
  }

  /** EXACT as published, but for the beginning of the tail. */
  public static Exact published(int tau) {
    return new Exact(PUBLISHED_ALPHA, PUBLISHED_GAMMA, tau);
  }

  /**
   * The weight of each token of a row; 0 where it is not trained.
   *
   * @param weights of the buckets
   * @param parts {@code seq_lengths}
   * @param lossRuns {@code loss_runs}; null where all tokens are trained
   */
  public static float[] ofRow(double[] weights, List<Integer> parts, List<Integer> lossRuns) {
    float[] tokens = new float[parts.stream().mapToInt(Integer::intValue).sum()];
    int position = 0;
    for (int part : parts) {
      for (int context = 0; context < part; context++) {
        tokens[position++] = (float) weights[Exposure.bucket(context)];
      }
    }

    int start = 0;
    for (int run = 0; lossRuns != null && run < lossRuns.size(); run++) {
      int end = start + lossRuns.get(run);
      if (run % 2 == 1) {
        Arrays.fill(tokens, start, end, 0);
      }

      start = end;
    }

    return tokens;
  }

  /** The weight of each of the {@link Exposure#BUCKETS} buckets. */
  public double[] weights(Exposure exposure) {
    double tail =
        IntStream.range(Exposure.bucket(tau), Exposure.BUCKETS).mapToLong(exposure::tokens).sum();
    double mean = 0;
    double[] rarities = new double[Exposure.BUCKETS];
    for (int b = Exposure.bucket(tau); b < Exposure.BUCKETS; b++) {
      if (exposure.tokens(b) > 0) {
        double share = exposure.tokens(b) / tail;
        rarities[b] = StrictMath.pow(share, -gamma);
        mean += share * rarities[b];
      }
    }

    double[] weights = new double[Exposure.BUCKETS];
    for (int b = 0; b < Exposure.BUCKETS; b++) {
      weights[b] = rarities[b] == 0 ? 1 : 1 + alpha * rarities[b] / mean;
    }

    return weights;
  }
}
