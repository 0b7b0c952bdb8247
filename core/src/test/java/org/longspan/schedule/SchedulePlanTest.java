package org.longspan.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.longspan.schedule.Curriculum.Mixture;
import org.longspan.schedule.Curriculum.Odds;

class SchedulePlanTest {
  private static final Curriculum NATURAL = new Curriculum(Odds.NATURAL, 1, Mixture.NATURAL);

  @Property(tries = 300)
  void everySequenceHasOneStepAndEveryWholeStepTheSameTokens(
      @ForAll Batching batching,
      @ForAll PhaseOrder phases,
      @ForAll Odds odds,
      @ForAll @IntRange(min = 1, max = 4) int cycles,
      @ForAll @LongRange(min = 8, max = 90) long shorts,
      @ForAll @LongRange(max = 90) long longs,
      @ForAll @LongRange(max = 40) long longest,
      @ForAll long seed) {
    SortedMap<Lane, Long> sequences = new TreeMap<>();
    sequences.put(new Lane(0, 1024), shorts);
    sequences.put(new Lane(0, 4096), longs);
    sequences.put(new Lane(1, 4096), longest);
    SchedulePlan plan =
        SchedulePlan.of(
            sequences,
            new ScheduleParameters(
                batching, 8192, Rest.SHORT, phases, new Curriculum(odds, cycles, Mixture.NATURAL)),
            seed);

    Map<Integer, List<Lane>> read = new HashMap<>();
    sequences.forEach(
        (lane, count) -> {
          LaneSteps steps = plan.lane(lane);
          for (long rank = 0; rank < count; rank++) {
            int step = rank < steps.kept() ? steps.step(rank) : steps.shortStep();
            read.computeIfAbsent(step, s -> new ArrayList<>()).add(lane);
          }
        });

    assertThat(read.keySet())
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, plan.steps()).boxed().toList());
    read.forEach(
        (step, lanes) -> {
          assertThat(lanes).containsOnly(lanes.get(0));
          boolean isShort = plan.lane(lanes.get(0)).shortStep() == step;
          assertThat((long) lanes.size() * lanes.get(0).sequenceLength())
              .satisfies(
                  tokens ->
                      assertThat(isShort ? tokens < 8192 : tokens == 8192)
                          .as("step %d of %d tokens", step, tokens)
                          .isTrue());
        });
  }

  @Test
  void phasesComeInTurnOrTogether() {
    SortedMap<Lane, Long> sequences = new TreeMap<>();
    sequences.put(new Lane(0, 512), 800L);
    sequences.put(new Lane(1, 4), 8L * 128);

    SchedulePlan inTurn = plan(sequences, 512, PhaseOrder.IN_TURN, Rest.LEAVE, NATURAL);
    SchedulePlan together = plan(sequences, 512, PhaseOrder.TOGETHER, Rest.LEAVE, NATURAL);

    assertThat(steps(inTurn, new Lane(1, 4))).containsExactlyInAnyOrder(ints(800, 808));
    assertThat(steps(together, new Lane(1, 4)))
        .hasSize(8)
        .satisfies(
            numbers ->
                assertThat(numbers.stream().mapToInt(Integer::intValue).average().orElseThrow())
                    .isBetween(200., 600.));
    assertThat(together.steps()).isEqualTo(808);
  }

  @Test
  void whatFillsNoWholeStepIsLeftOrReadAtTheEnd() {
    SortedMap<Lane, Long> sequences = new TreeMap<>(Map.of(new Lane(0, 8), 7L));

    LaneSteps left =
        plan(sequences, 24, PhaseOrder.IN_TURN, Rest.LEAVE, NATURAL).lane(new Lane(0, 8));
    assertThat(left.kept()).isEqualTo(6);
    assertThat(left.hasShortStep()).isFalse();

    SchedulePlan all = plan(sequences, 24, PhaseOrder.IN_TURN, Rest.SHORT, NATURAL);
    assertThat(all.steps()).isEqualTo(3);
    assertThat(all.lane(new Lane(0, 8)).shortStep()).isEqualTo(2);
  }

  @Test
  void anEqualMixtureLeavesSequencesOut() {
    SortedMap<Lane, Long> sequences =
        new TreeMap<>(Map.of(new Lane(0, 8), 90L, new Lane(0, 16), 9L));
    Curriculum equal = new Curriculum(Odds.GROW_P2, 8, Mixture.EQUAL);

    SchedulePlan plan = plan(sequences, 32, PhaseOrder.IN_TURN, Rest.LEAVE, equal);

    assertThat(plan.steps()).isEqualTo(8);
    assertThat(plan.lane(new Lane(0, 8)).kept()).isEqualTo(16);
    assertThatThrownBy(() -> plan(sequences, 32, PhaseOrder.IN_TURN, Rest.SHORT, equal))
        .hasMessageContaining("schedule.rest = leave");
    sequences.put(new Lane(0, 32), 0L);
    assertThatThrownBy(() -> plan(sequences, 32, PhaseOrder.IN_TURN, Rest.LEAVE, equal))
        .hasMessageContaining("the 0 sequences of 32 tokens fill none of 32 tokens");
  }

  @Test
  void aStepThatIsNoMultipleIsNamedWithTheNextThatIs() {
    SortedMap<Lane, Long> sequences =
        new TreeMap<>(Map.of(new Lane(0, 512), 9L, new Lane(1, 1024), 9L, new Lane(1, 1536), 9L));

    assertThatThrownBy(() -> plan(sequences, 4096, PhaseOrder.TOGETHER, Rest.LEAVE, NATURAL))
        .hasMessage(
            "A step of 4,096 tokens is no whole number of sequences of 1,536 tokens: set schedule.step-tokens to a multiple of every length, of which the next is 6,144.");
  }

  @Test
  void sequencesThatFillNoStepAreToldWithTheirNumber() {
    SortedMap<Lane, Long> sequences = new TreeMap<>(Map.of(new Lane(0, 8), 2L));

    assertThatThrownBy(() -> plan(sequences, 24, PhaseOrder.IN_TURN, Rest.LEAVE, NATURAL))
        .hasMessageStartingWith("No length has the sequences for a step of 24 tokens (2 of 8")
        .hasMessageContaining("schedule.rest = short");
  }

  @Test
  void sortedBatchesComeInNoOrderOfCost() {
    SortedMap<Lane, Long> sequences = new TreeMap<>(Map.of(new Lane(0, 8), 400L));
    LaneSteps steps =
        SchedulePlan.of(
                sequences,
                new ScheduleParameters(
                    Batching.SORTED, 32, Rest.LEAVE, PhaseOrder.IN_TURN, NATURAL),
                5)
            .lane(new Lane(0, 8));

    List<Integer> byCost = IntStream.range(0, 100).mapToObj(b -> steps.step(4L * b)).toList();
    assertThat(byCost).containsExactlyInAnyOrder(ints(0, 100));
    assertThat(byCost.subList(0, 50).stream().mapToInt(Integer::intValue).average().orElseThrow())
        .isBetween(40., 60.);
  }

  private static SchedulePlan plan(
      SortedMap<Lane, Long> sequences,
      long stepTokens,
      PhaseOrder phases,
      Rest rest,
      Curriculum curriculum) {
    return SchedulePlan.of(
        sequences,
        new ScheduleParameters(Batching.SHUFFLED, stepTokens, rest, phases, curriculum),
        5);
  }

  /** The whole steps of a lane, by batch. */
  private static List<Integer> steps(SchedulePlan plan, Lane lane) {
    LaneSteps steps = plan.lane(lane);
    return IntStream.range(0, steps.steps())
        .mapToObj(batch -> steps.step(batch * steps.perStep()))
        .toList();
  }

  private static Integer[] ints(int from, int to) {
    return IntStream.range(from, to).boxed().toArray(Integer[]::new);
  }
}
