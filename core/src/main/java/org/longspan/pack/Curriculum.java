package org.longspan.pack;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.longspan.seed.Seeded;

/**
 * Which bucket of {@link DatasetDecomposition} each step of a training reads (arXiv 2405.13226). A
 * step reads sequences of one length, so many that it has the same number of tokens as every other.
 *
 * <p>The steps of each bucket are split evenly over the cycles. Inside a cycle a step draws its
 * bucket among those that still have steps, with a chance in proportion to its odds, until all are
 * used: odds decide the order, never how often a bucket is read. Short sequences before long ones,
 * again and again (grow-p2, 8 cycles), was best in the paper.
 *
 * <p>Cost: O(steps × buckets).
 *
 * @param odds of the buckets against each other
 * @param cycles how often the order begins again, from 1
 */
public record Curriculum(Odds odds, int cycles) {
  /** The paper's best. */
  public static final Curriculum PUBLISHED = new Curriculum(Odds.GROW_P2, 8);

  public Curriculum {
    if (cycles < 1) {
      throw new IllegalArgumentException("A curriculum has at least 1 cycle, not " + cycles + ".");
    }
  }

  /** How much likelier a shorter bucket comes first. */
  public enum Odds {
    /** All alike. */
    UNIFORM,
    /** n for the shortest of n buckets, n - 1 for the next, 1 for the longest. */
    GROW_LINEAR,
    /** Twice those of the next longer one. */
    GROW_P2,
    /** A hundred times those of the next longer one: practically one bucket after the other. */
    GROW_P100;

    /** Of the bucket with so many longer ones. */
    double of(int longer) {
      return switch (this) {
        case UNIFORM -> 1;
        case GROW_LINEAR -> longer + 1;
        case GROW_P2 -> Math.pow(2, longer);
        case GROW_P100 -> Math.pow(100, longer);
      };
    }
  }

  /** How many steps read each bucket. */
  public enum Mixture {
    /** As many as its sequences fill. */
    NATURAL,
    /** As many as the bucket with the fewest: all buckets have the same tokens. */
    EQUAL
  }

  /**
   * Whole steps of each bucket; sequences that fill none are left over.
   *
   * @param sequences of each bucket, by its number k
   * @param stepTokens tokens of a step, a multiple of 2^k for every bucket
   * @throws IllegalArgumentException if a step has no whole number of a bucket's sequences
   */
  public static SortedMap<Integer, Long> steps(
      SortedMap<Integer, Long> sequences, long stepTokens, Mixture mixture) {
    SortedMap<Integer, Long> steps = new TreeMap<>();
    sequences.forEach(
        (bucket, count) -> {
          if (stepTokens < 1 || stepTokens % (1L << bucket) != 0) {
            throw new IllegalArgumentException(
                "A step of %,d tokens is no whole number of sequences of %,d: choose a multiple of the longest bucket."
                    .formatted(stepTokens, 1L << bucket));
          }

          steps.put(bucket, count / (stepTokens >> bucket));
        });

    if (mixture == Mixture.EQUAL && !steps.isEmpty()) {
      long fewest = Collections.min(steps.values());
      steps.replaceAll((bucket, count) -> fewest);
    }

    return steps;
  }

  /**
   * The bucket of each step, in order.
   *
   * @param steps of each bucket, by its number k; at most 2^31 in all
   * @param seed the run's seed
   */
  public int[] order(SortedMap<Integer, Long> steps, long seed) {
    List<Integer> buckets = List.copyOf(steps.keySet());
    int all = Math.toIntExact(steps.values().stream().mapToLong(Long::longValue).sum());
    int[] order = new int[all];
    int next = 0;

    for (int cycle = 0; cycle < cycles; cycle++) {
      long[] left = new long[buckets.size()];

      for (int i = 0; i < left.length; i++) {
        long count = steps.get(buckets.get(i));
        left[i] = count * (cycle + 1) / cycles - count * cycle / cycles;
      }

      for (long rest = Arrays.stream(left).sum(); rest > 0; rest--) {
        int drawn = draw(left, Seeded.unit(Seeded.hash(seed, "curriculum", "step", next)));
        left[drawn]--;
        order[next++] = buckets.get(drawn);
      }
    }

    return order;
  }

  private int draw(long[] left, double unit) {
    double[] chances =
        IntStream.range(0, left.length)
            .mapToDouble(i -> left[i] == 0 ? 0 : odds.of(left.length - 1 - i))
            .toArray();
    double place = unit * Arrays.stream(chances).sum();
    int last = -1;

    for (int i = 0; i < chances.length; i++) {
      place -= chances[i];

      if (chances[i] > 0) {
        last = i;

        if (place < 0) {
          return i;
        }
      }
    }

    // Rounding alone leads here.
    return last;
  }
}
