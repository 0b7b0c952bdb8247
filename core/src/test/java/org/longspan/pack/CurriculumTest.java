package org.longspan.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.longspan.pack.Curriculum.Mixture;
import org.longspan.pack.Curriculum.Odds;

class CurriculumTest {
  @Test
  void aStepHasTheSameTokensOfEveryBucket() {
    SortedMap<Integer, Long> sequences = new TreeMap<>(Map.of(8, 100L, 9, 33L, 10, 4L));

    assertThat(Curriculum.steps(sequences, 2048, Mixture.NATURAL))
        .isEqualTo(Map.of(8, 12L, 9, 8L, 10, 2L));
    assertThat(Curriculum.steps(sequences, 2048, Mixture.EQUAL))
        .isEqualTo(Map.of(8, 2L, 9, 2L, 10, 2L));
    assertThatThrownBy(() -> Curriculum.steps(sequences, 1536, Mixture.NATURAL))
        .hasMessageContaining("1,536 tokens")
        .hasMessageContaining("1,024");
  }

  @Property(tries = 200)
  void everyStepOfABucketIsTakenOnceAndEvenlyOverTheCycles(
      @ForAll Odds odds,
      @ForAll @IntRange(min = 1, max = 9) int cycles,
      @ForAll @LongRange(max = 60) long shorts,
      @ForAll @LongRange(max = 60) long longs,
      @ForAll long seed) {
    SortedMap<Integer, Long> steps = new TreeMap<>(Map.of(8, shorts, 9, 7L, 13, longs));
    int[] order = new Curriculum(odds, cycles).order(steps, seed);

    steps.forEach(
        (bucket, count) ->
            assertThat(Arrays.stream(order).filter(bucket::equals).count()).isEqualTo(count));

    for (int bucket : steps.keySet()) {
      // A cycle has from floor(n / c) to ceil(n / c) steps of a bucket, so the first has too.
      int cycle = (int) ((shorts / cycles) + (7 / cycles) + (longs / cycles));
      long first = Arrays.stream(order).limit(cycle).filter(b -> b == bucket).count();
      assertThat(first).isLessThanOrEqualTo(-Math.floorDiv(-steps.get(bucket), cycles));
    }
  }

  @Test
  void growingPutsShortSequencesBeforeLongOnes() {
    SortedMap<Integer, Long> steps = new TreeMap<>(Map.of(8, 400L, 9, 400L, 10, 400L));

    assertThat(meanPlace(new Curriculum(Odds.GROW_P100, 1).order(steps, 1), 8)).isLessThan(210);
    assertThat(meanPlace(new Curriculum(Odds.GROW_P2, 1).order(steps, 1), 8)).isBetween(250., 450.);
    assertThat(meanPlace(new Curriculum(Odds.UNIFORM, 1).order(steps, 1), 8)).isBetween(550., 650.);
    // In four cycles the shortest come back four times.
    assertThat(meanPlace(new Curriculum(Odds.GROW_P100, 4).order(steps, 1), 8))
        .isBetween(450., 550.);
  }

  @Test
  void theOrderIsTheSeeds() {
    SortedMap<Integer, Long> steps = new TreeMap<>(Map.of(8, 40L, 9, 40L));

    assertThat(Curriculum.PUBLISHED.order(steps, 1))
        .isEqualTo(Curriculum.PUBLISHED.order(steps, 1))
        .isNotEqualTo(Curriculum.PUBLISHED.order(steps, 2));
    assertThat(Curriculum.PUBLISHED.order(new TreeMap<>(), 1)).isEmpty();
    assertThatThrownBy(() -> new Curriculum(Odds.UNIFORM, 0)).hasMessageContaining("not 0");
  }

  private static double meanPlace(int[] order, int bucket) {
    return IntStream.range(0, order.length)
        .filter(step -> order[step] == bucket)
        .average()
        .orElseThrow();
  }
}
