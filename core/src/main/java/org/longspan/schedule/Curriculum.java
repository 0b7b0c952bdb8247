package org.longspan.schedule;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.longspan.seed.Seeded;

/**
 * In what order a training reads its lengths: the curriculum of Dataset Decomposition (arXiv
 * 2405.13226), for sequences of any lengths.
 *
 * <p>The steps of each lane are split evenly over the cycles. Inside a cycle a step draws its lane
 * among those that still have steps, with a chance in proportion to its odds, until all are used:
 * odds decide the order, never how often a lane is read. Short sequences before long ones, again
 * and again (grow-p2, 8 cycles), was best in the paper.
 *
 * <p>Cost: O(steps × lanes).
 *
 * @param odds of the lengths against each other
 * @param cycles how often the order begins again, from 1
 * @param mixture how many steps read each lane
 */
public record Curriculum(Odds odds, int cycles, Mixture mixture) {
  /** The paper's best. */
  public static final Curriculum PUBLISHED = new Curriculum(Odds.GROW_P2, 8, Mixture.NATURAL);

  public Curriculum {
    if (cycles < 1) {
      throw new IllegalArgumentException("A curriculum has at least 1 cycle, not " + cycles + ".");
    }
  }

  /** How much likelier a shorter length comes first. */
  public enum Odds {
    /** In proportion to the steps that are left: any order is as likely as any other. */
    NATURAL,
    /** All alike: lengths with few steps are used up early. */
    UNIFORM,
    /** n for the shortest of n lengths, n - 1 for the next, 1 for the longest. */
    GROW_LINEAR,
    /** Twice those of the next longer one. */
    GROW_P2,
    /** A hundred times those of the next longer one: practically one length after the other. */
    GROW_P100;

    /**
     * {@code natural}, {@code uniform}, {@code grow-linear}, {@code grow-p2}, {@code grow-p100}.
     */
    public static Odds parse(String name) {
      return Named.of(Odds.class, "schedule.curriculum.odds", name);
    }

    /**
     * @param longer how many lengths are longer
     * @param left steps that are left of the lane in this cycle
     */
    double of(long longer, long left) {
      return switch (this) {
        case NATURAL -> left;
        case UNIFORM -> 1;
        case GROW_LINEAR -> longer + 1;
        case GROW_P2 -> Math.pow(2, longer);
        case GROW_P100 -> Math.pow(100, longer);
      };
    }
  }

  /** How many steps read each lane. */
  public enum Mixture {
    /** As many as its sequences fill. */
    NATURAL,
    /** As many as the lane with the fewest: all have the same tokens. */
    EQUAL;

    /** {@code natural} or {@code equal}. */
    public static Mixture parse(String name) {
      return Named.of(Mixture.class, "schedule.curriculum.mixture", name);
    }
  }

  /**
   * The steps that are used.
   *
   * @param whole steps that the sequences of each lane fill
   */
  SortedMap<Lane, Long> used(SortedMap<Lane, Long> whole) {
    SortedMap<Lane, Long> used = new TreeMap<>(whole);
    if (mixture == Mixture.EQUAL && !whole.isEmpty()) {
      long fewest = Collections.min(whole.values());
      used.replaceAll((lane, steps) -> fewest);
    }

    return used;
  }

  /**
   * The lane of each step, in order, as its place among the map's keys.
   *
   * @param steps of each lane; below 2^31 in all
   * @param first the number of the first of these steps in the training
   * @param seed the run's seed
   */
  int[] order(SortedMap<Lane, Long> steps, long first, long seed) {
    long[] counts = steps.values().stream().mapToLong(Long::longValue).toArray();
    long[] longer = longer(List.copyOf(steps.keySet()));
    int[] order = new int[Math.toIntExact(Arrays.stream(counts).sum())];
    int next = 0;

    for (int cycle = 0; cycle < cycles; cycle++) {
      long[] left = new long[counts.length];
      for (int i = 0; i < left.length; i++) {
        left[i] = share(counts[i], cycle + 1) - share(counts[i], cycle);
      }

      for (long rest = Arrays.stream(left).sum(); rest > 0; rest--) {
        double unit = Seeded.unit(Seeded.hash(seed, "curriculum", "step", first + next));
        int drawn = draw(left, longer, unit);
        left[drawn]--;
        order[next++] = drawn;
      }
    }

    return order;
  }

  /** Steps of the first cycles. */
  private long share(long steps, int firstCycles) {
    return steps * firstCycles / cycles;
  }

  /** How many different lengths are longer than that of each lane. */
  private static long[] longer(List<Lane> lanes) {
    return lanes.stream()
        .mapToLong(
            lane ->
                lanes.stream()
                    .mapToInt(Lane::sequenceLength)
                    .filter(length -> length > lane.sequenceLength())
                    .distinct()
                    .count())
        .toArray();
  }

  private int draw(long[] left, long[] longer, double unit) {
    double[] chances = new double[left.length];
    for (int i = 0; i < left.length; i++) {
      chances[i] = left[i] == 0 ? 0 : odds.of(longer[i], left[i]);
    }

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
