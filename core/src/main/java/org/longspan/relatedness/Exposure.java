package org.longspan.relatedness;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * How much context trained tokens have: EXACT's exposure histogram, arXiv 2605.10544.
 *
 * <pre>
 *   l = i - start        tokens that stand before token i in its part, or in its row without a mask
 *   buckets of l         [0, 7], [8, 15], [16, 31], ..., each twice as wide as the one before
 * </pre>
 *
 * <p>A document that goes on in another row begins there anew, since a mask hides what is in the
 * row before. No token is visited: a run of n trained tokens adds to at most log2 n buckets.
 *
 * <p>Cost: O((parts + runs) · buckets).
 */
public final class Exposure implements Serializable {
  /** Buckets of every context that an int can hold. */
  public static final int BUCKETS = bucket(Integer.MAX_VALUE) + 1;

  public static final Exposure NONE = new Exposure(new long[BUCKETS]);

  private static final int FIRST_BUCKET = 8;

  private final long[] tokens;

  private Exposure(long[] tokens) {
    this.tokens = tokens;
  }

  /** The histogram with these counts, the bucket of no context first; missing ones are 0. */
  public static Exposure of(long... tokensByBucket) {
    if (tokensByBucket.length > BUCKETS || LongStream.of(tokensByBucket).anyMatch(n -> n < 0)) {
      throw new IllegalArgumentException(
          "An exposure has counts from 0 on in at most %d buckets.".formatted(BUCKETS));
    }

    return new Exposure(Arrays.copyOf(tokensByBucket, BUCKETS));
  }

  /**
   * Of one row.
   *
   * @param parts lengths that no token looks across: {@code seq_lengths} under a mask, the length
   *     of the row without one
   * @param lossRuns {@code loss_runs}: tokens trained and not trained in turn, trained ones first;
   *     null where all are
   */
  public static Exposure ofRow(List<Integer> parts, List<Integer> lossRuns) {
    int length = parts.stream().mapToInt(Integer::intValue).sum();
    List<Integer> runs = lossRuns == null ? List.of(length) : lossRuns;
    if (runs.stream().mapToInt(Integer::intValue).sum() != length) {
      throw new IllegalArgumentException(
          "The loss runs %s are not as long as the row of %d tokens.".formatted(runs, length));
    }

    long[] tokens = new long[BUCKETS];
    int runStart = 0;
    for (int run = 0; run < runs.size(); run++) {
      int runEnd = runStart + runs.get(run);
      if (run % 2 == 0) {
        addRun(tokens, parts, runStart, runEnd);
      }

      runStart = runEnd;
    }

    return new Exposure(tokens);
  }

  private static void addRun(long[] tokens, List<Integer> parts, int runStart, int runEnd) {
    int start = 0;
    for (int part : parts) {
      int from = Math.max(runStart - start, 0);
      int to = Math.min(runEnd - start, part);
      for (int b = bucket(from); from < to; b++) {
        int end = b == BUCKETS - 1 ? to : Math.min(to, atLeast(b + 1));
        tokens[b] += end - from;
        from = end;
      }

      start += part;
    }
  }

  /** The bucket of a context of so many tokens. */
  public static int bucket(int context) {
    return Math.max(0, Integer.SIZE - 3 - Integer.numberOfLeadingZeros(context));
  }

  /** The least context in a bucket: 0, 8, 16, 32, ... */
  public static int atLeast(int bucket) {
    return bucket == 0 ? 0 : FIRST_BUCKET << (bucket - 1);
  }

  /** The sum of both. */
  public Exposure plus(Exposure other) {
    return new Exposure(
        IntStream.range(0, BUCKETS).mapToLong(b -> tokens[b] + other.tokens[b]).toArray());
  }

  /** Trained tokens of a bucket. */
  public long tokens(int bucket) {
    return tokens[bucket];
  }

  /** Trained tokens. */
  public long total() {
    return LongStream.of(tokens).sum();
  }

  /** Share of the trained tokens that have so much context or more; 0 where there are none. */
  public double shareFrom(int bucket) {
    long all = total();
    return all == 0 ? 0 : (double) LongStream.of(tokens).skip(bucket).sum() / all;
  }
}
