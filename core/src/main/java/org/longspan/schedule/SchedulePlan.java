package org.longspan.schedule;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.longspan.seed.Seeded;

/**
 * The steps of a training before their sequences are known: how many read each lane, and when.
 *
 * <p>Whole steps are taken in the order of the {@link Curriculum}; which of a lane's batches comes
 * when is chance, so that sorted batches stand in no order of cost. Short steps come after the
 * whole ones, of a phase or of the training.
 *
 * <p>Cost: O(steps × lanes) in time, an int a step in memory.
 */
public final class SchedulePlan {
  private static final int NONE = -1;

  private final TreeMap<Lane, LaneSteps> lanes = new TreeMap<>();
  private int steps;

  private SchedulePlan() {}

  /**
   * Plans the steps.
   *
   * @param sequences of each lane
   * @param seed the run's seed
   * @throws IllegalArgumentException where a step has no whole number of a lane's sequences, or no
   *     step is filled, with a sentence
   */
  public static SchedulePlan of(
      SortedMap<Lane, Long> sequences, ScheduleParameters parameters, long seed) {
    requireWholeNumbers(sequences, parameters.stepTokens());
    SchedulePlan plan = new SchedulePlan();
    groups(sequences, parameters.phases()).forEach(group -> plan.add(group, parameters, seed));
    if (plan.steps == 0) {
      throw new IllegalArgumentException(
          "No length has the sequences for a step of %,d tokens (%s): lower schedule.step-tokens, or set schedule.rest = short."
              .formatted(parameters.stepTokens(), describe(sequences)));
    }

    return plan;
  }

  /** Steps of the training, short ones included. */
  public int steps() {
    return steps;
  }

  /** The steps of each lane. */
  public SortedMap<Lane, LaneSteps> lanes() {
    return Collections.unmodifiableSortedMap(lanes);
  }

  /** The steps of one lane. */
  public LaneSteps lane(Lane lane) {
    return lanes.get(lane);
  }

  /** Lanes that are read by turns: all, or those of a phase. */
  private static List<SortedMap<Lane, Long>> groups(
      SortedMap<Lane, Long> sequences, PhaseOrder phases) {
    if (phases == PhaseOrder.TOGETHER) {
      return List.of(sequences);
    }

    SortedMap<Integer, SortedMap<Lane, Long>> byPhase = new TreeMap<>();
    sequences.forEach(
        (lane, count) ->
            byPhase.computeIfAbsent(lane.phase(), p -> new TreeMap<>()).put(lane, count));
    return List.copyOf(byPhase.values());
  }

  private void add(SortedMap<Lane, Long> group, ScheduleParameters parameters, long seed) {
    SortedMap<Lane, Long> whole = new TreeMap<>();
    group.forEach((lane, count) -> whole.put(lane, count / perStep(lane, parameters.stepTokens())));
    requireSomeOfEach(group, whole, parameters);
    SortedMap<Lane, Long> used = parameters.curriculum().used(whole);
    int[] order = parameters.curriculum().order(used, steps, seed);
    int first = steps;
    steps = Math.addExact(steps, order.length);

    int place = 0;
    for (Lane lane : group.keySet()) {
      long perStep = perStep(lane, parameters.stepTokens());
      int[] numbers = numbers(order, place++, first, Math.toIntExact(used.get(lane)));
      shuffle(numbers, lane, seed);
      boolean isShort =
          parameters.rest() == Rest.SHORT && group.get(lane) > perStep * numbers.length;
      lanes.put(
          lane, new LaneSteps(parameters.batching(), perStep, numbers, isShort ? steps++ : NONE));
    }
  }

  /** The steps of one lane in order. */
  private static int[] numbers(int[] order, int lane, int first, int count) {
    int[] numbers = new int[count];
    int found = 0;
    for (int step = 0; step < order.length; step++) {
      if (order[step] == lane) {
        numbers[found++] = first + step;
      }
    }

    return numbers;
  }

  private static void shuffle(int[] numbers, Lane lane, long seed) {
    String name = "phase %d, length %d".formatted(lane.phase(), lane.sequenceLength());
    for (int i = numbers.length - 1; i > 0; i--) {
      int other = (int) Seeded.index(Seeded.hash(seed, "batch", name, i), i + 1L);
      int number = numbers[i];
      numbers[i] = numbers[other];
      numbers[other] = number;
    }
  }

  private static long perStep(Lane lane, long stepTokens) {
    return stepTokens / lane.sequenceLength();
  }

  private static void requireWholeNumbers(SortedMap<Lane, Long> sequences, long stepTokens) {
    BigInteger common = BigInteger.ONE;
    List<Integer> uneven = new ArrayList<>();
    for (Lane lane : sequences.keySet()) {
      BigInteger length = BigInteger.valueOf(lane.sequenceLength());
      common = common.divide(common.gcd(length)).multiply(length);
      if (stepTokens < 1 || stepTokens % lane.sequenceLength() != 0) {
        uneven.add(lane.sequenceLength());
      }
    }

    if (!uneven.isEmpty()) {
      BigInteger step = BigInteger.valueOf(Math.max(1, stepTokens));
      BigInteger next = step.add(common).subtract(BigInteger.ONE).divide(common).multiply(common);
      throw new IllegalArgumentException(
          "A step of %,d tokens is no whole number of sequences of %,d tokens: set schedule.step-tokens to a multiple of every length, of which the next is %,d."
              .formatted(stepTokens, uneven.get(0), next));
    }
  }

  /** Where all lanes have as many steps as the fewest, one without a step would empty them all. */
  private static void requireSomeOfEach(
      SortedMap<Lane, Long> group, SortedMap<Lane, Long> whole, ScheduleParameters parameters) {
    if (parameters.curriculum().mixture() == Curriculum.Mixture.EQUAL) {
      whole.forEach(
          (lane, steps) -> {
            if (steps == 0) {
              throw new IllegalArgumentException(
                  "The mixture equal gives every length as many steps as the one with the fewest, and the %,d sequences of %,d tokens fill none of %,d tokens: lower schedule.step-tokens, or set schedule.curriculum.mixture = natural."
                      .formatted(group.get(lane), lane.sequenceLength(), parameters.stepTokens()));
            }
          });
    }
  }

  private static String describe(SortedMap<Lane, Long> sequences) {
    List<String> parts = new ArrayList<>();
    sequences.forEach(
        (lane, count) -> parts.add("%,d of %,d tokens".formatted(count, lane.sequenceLength())));
    return String.join(", ", parts);
  }
}
