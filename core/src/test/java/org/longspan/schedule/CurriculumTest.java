package org.longspan.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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

class CurriculumTest {
  @Test
  void anEqualMixtureHasTheFewestStepsOfEveryLength() {
    SortedMap<Lane, Long> whole = lanes(12, 8, 2);

    assertThat(new Curriculum(Odds.UNIFORM, 1, Mixture.NATURAL).used(whole)).isEqualTo(whole);
    assertThat(new Curriculum(Odds.UNIFORM, 1, Mixture.EQUAL).used(whole))
        .isEqualTo(lanes(2, 2, 2));
  }

  @Property(tries = 200)
  void everyStepOfALaneIsTakenOnceAndEvenlyOverTheCycles(
      @ForAll Odds odds,
      @ForAll @IntRange(min = 1, max = 9) int cycles,
      @ForAll @LongRange(max = 60) long shorts,
      @ForAll @LongRange(max = 60) long longs,
      @ForAll long seed) {
    SortedMap<Lane, Long> steps = lanes(shorts, 7, longs);
    int[] order = new Curriculum(odds, cycles, Mixture.NATURAL).order(steps, 0, seed);

    long[] counts = {shorts, 7, longs};
    for (int lane = 0; lane < counts.length; lane++) {
      int place = lane;
      assertThat(Arrays.stream(order).filter(l -> l == place).count()).isEqualTo(counts[lane]);

      // A cycle has from floor(n / c) to ceil(n / c) steps of a lane, so the first has too.
      long cycle = shorts / cycles + 7 / cycles + longs / cycles;
      long first = Arrays.stream(order).limit(cycle).filter(l -> l == place).count();
      assertThat(first).isLessThanOrEqualTo(-Math.floorDiv(-counts[lane], cycles));
    }
  }

  @Test
  void growingPutsShortSequencesBeforeLongOnes() {
    SortedMap<Lane, Long> steps = lanes(400, 400, 400);

    assertThat(meanPlace(Odds.GROW_P100, 1, steps)).isLessThan(210);
    assertThat(meanPlace(Odds.GROW_P2, 1, steps)).isBetween(250., 450.);
    assertThat(meanPlace(Odds.GROW_LINEAR, 1, steps)).isBetween(350., 500.);
    assertThat(meanPlace(Odds.UNIFORM, 1, steps)).isBetween(550., 650.);
    // In four cycles the shortest come back four times.
    assertThat(meanPlace(Odds.GROW_P100, 4, steps)).isBetween(450., 550.);
  }

  @Test
  void naturalOddsSpreadAFewStepsOverTheWholeTraining() {
    SortedMap<Lane, Long> steps = lanes(80, 920);

    assertThat(meanPlace(Odds.NATURAL, 1, steps)).isBetween(420., 580.);
    // Uniform odds use them up in the first fifth.
    assertThat(meanPlace(Odds.UNIFORM, 1, steps)).isLessThan(120);
  }

  @Test
  void phasesOfOneLengthHaveTheSameOdds() {
    SortedMap<Lane, Long> steps = new TreeMap<>();
    steps.put(new Lane(0, 4096), 500L);
    steps.put(new Lane(1, 4096), 500L);
    int[] order = new Curriculum(Odds.GROW_P100, 1, Mixture.NATURAL).order(steps, 0, 3);

    assertThat(Arrays.stream(order).limit(200).filter(lane -> lane == 0).count())
        .isBetween(70L, 130L);
  }

  @Test
  void theOrderIsTheSeedsAndThePlacesInTheTraining() {
    SortedMap<Lane, Long> steps = lanes(40, 40);

    assertThat(Curriculum.PUBLISHED.order(steps, 0, 1))
        .isEqualTo(Curriculum.PUBLISHED.order(steps, 0, 1))
        .isNotEqualTo(Curriculum.PUBLISHED.order(steps, 0, 2))
        .isNotEqualTo(Curriculum.PUBLISHED.order(steps, 80, 1));
    assertThat(Curriculum.PUBLISHED.order(new TreeMap<>(), 0, 1)).isEmpty();
    assertThatThrownBy(() -> new Curriculum(Odds.UNIFORM, 0, Mixture.NATURAL))
        .hasMessageContaining("not 0");
  }

  @Test
  void oddsGoByTheirPublishedNames() {
    assertThat(List.of("natural", "uniform", "grow-linear", "grow-p2", "grow-p100"))
        .extracting(Odds::parse)
        .containsExactly(Odds.values());
    assertThatThrownBy(() -> Odds.parse("grow-p3"))
        .hasMessage(
            "schedule.curriculum.odds must be natural or uniform or grow-linear or grow-p2 or grow-p100, not \"grow-p3\".");
  }

  /** Lanes of one phase, 256 tokens and doubling. */
  private static SortedMap<Lane, Long> lanes(long... steps) {
    SortedMap<Lane, Long> lanes = new TreeMap<>();
    for (int i = 0; i < steps.length; i++) {
      lanes.put(new Lane(0, 256 << i), steps[i]);
    }

    return lanes;
  }

  /** Where in the training the steps of the shortest length are, on average. */
  private static double meanPlace(Odds odds, int cycles, SortedMap<Lane, Long> steps) {
    int[] order = new Curriculum(odds, cycles, Mixture.NATURAL).order(steps, 0, 1);
    List<Integer> places = new ArrayList<>();
    IntStream.range(0, order.length).filter(step -> order[step] == 0).forEach(places::add);
    return places.stream().mapToInt(Integer::intValue).average().orElseThrow();
  }
}
