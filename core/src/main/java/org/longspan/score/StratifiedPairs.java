package org.longspan.score;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Pairs of n segments drawn so that each row (all pairs of a target) and each distance bucket
 * (distances 1, 2-3, 4-7, 8-15, ...) has its share of them. Uniform draws leave some targets with
 * many contexts and others with none, and near pairs, of which there are few, to chance.
 *
 * <p>Each bucket's quota is its share of the pairs, rounded up or down so that the quotas sum to
 * the number asked for. A bucket's quota is spread evenly over its rows, and the fractions that
 * this gives are rounded by {@link TableRounding}: a row's pairs are its expected number, rounded
 * up or down, and every pair is equally likely, so that plain sums and means over the drawn pairs
 * need no weights.
 *
 * <p>Cost: O(n log n + pairs) memory and about O(n (log n)^2 + pairs) time.
 */
final class StratifiedPairs {
  private final int segments;
  private final Draws draws;

  StratifiedPairs(int segments, long seed, String docId) {
    this.segments = segments;
    this.draws = new Draws(seed, "prolong-strata", docId);
  }

  /** The numbers of the drawn pairs, ascending, in the order of {@link PairPlan}. */
  LongStream numbers(int pairs) {
    int[][] drawn = TableRounding.round(expected(pairs), draws);
    List<LongStream> cells = new ArrayList<>();

    for (int b = 0; b < drawn.length; b++) {
      int nearest = 1 << b;

      for (int target = nearest; target < segments; target++) {
        if (drawn[b][target] > 0) {
          int row = target;
          cells.add(
              draws
                  .subset(drawn[b][target], cell(b, target))
                  .map(farther -> number(row - nearest - (int) farther, row)));
        }
      }
    }

    return cells.stream().flatMapToLong(cell -> cell).sorted();
  }

  /** Expected pairs by bucket and row; whole numbers a bucket. */
  private double[][] expected(int pairs) {
    int buckets = 32 - Integer.numberOfLeadingZeros(segments - 1);
    double all = segments * (segments - 1.0) / 2;
    double[][] expected = new double[buckets][segments];
    double start = draws.unit();
    long before = 0;
    long given = 0;

    for (int b = 0; b < buckets; b++) {
      long size = 0;

      for (int target = 1; target < segments; target++) {
        size += cell(b, target);
      }

      before += size;
      long until =
          b == buckets - 1 ? pairs : Math.min(pairs, (long) (pairs * (before / all) + start));
      long quota = Math.min(size, until - given);
      given += quota;

      for (int target = 1; target < segments; target++) {
        expected[b][target] = (double) quota * cell(b, target) / size;
      }
    }

    return expected;
  }

  /** Pairs of a row in a bucket: those at distances from 2^b up to 2^(b+1) - 1 and the target. */
  private static int cell(int bucket, int target) {
    return Math.max(0, Math.min((2 << bucket) - 1, target) - (1 << bucket) + 1);
  }

  private long number(int context, int target) {
    return context * (segments - 1L) - context * (context - 1L) / 2 + (target - context - 1);
  }
}
