package org.longspan.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.longspan.score.ProLong.Mode;
import org.longspan.seed.Seeded;

class ProLongTest {
  private static final SegmentPairs FOUR_SEGMENTS =
      measured(
          new double[] {40, 50, 20, 30},
          new int[] {1, 2, 3, 2, 3, 3},
          new int[] {0, 0, 0, 1, 1, 2},
          new double[] {25, 19, 30, 16, 29, 24});

  @ParameterizedTest
  @CsvSource({
    "'1,1,1', 0",
    "'10,0,0', 0.9990909",
    "'0.5,0,0', 0.0274591",
    "'3,2,1', 0.2423209",
    "'100,0,0', 1",
    "'7', 1",
    "'', 0",
    "'1e308,-1e308', 1"
  })
  void specificityIsHighWhereOneContextStandsOut(String gains, double expected) {
    double[] values =
        gains.isEmpty()
            ? new double[0]
            : Arrays.stream(gains.split(",")).mapToDouble(Double::parseDouble).toArray();
    assertThat(ProLong.specificity(values, 0, values.length)).isCloseTo(expected, within(5e-8));
  }

  @ParameterizedTest
  @CsvSource({"CODE, 4, 1.7253277", "CODE, 256, 0.8449783", "PAPER, 256, 1.7253277"})
  void scoreSumsThePairsAboveTheThreshold(Mode mode, int windowSegments, double expected) {
    Score score = new ProLong(mode, 0.1, windowSegments).score(FOUR_SEGMENTS);
    assertThat(score.value()).hasValueCloseTo(expected, within(5e-8));
    assertThat(score.details())
        .containsEntry("counting_pairs", 3.0)
        .containsEntry("pairs", 6.0)
        .containsEntry("segments", 4.0)
        .hasEntrySatisfying("mean", mean -> assertThat(mean).isCloseTo(expected / 6, within(1e-7)))
        // (0.5 + 0.2 + 0.2) / 3
        .hasEntrySatisfying("strength", s -> assertThat(s).isCloseTo(0.3, within(1e-12)));
  }

  @Property
  void detailsMultiplyToTheScore(@ForAll long seed, @ForAll @IntRange(min = 2, max = 20) int n) {
    Score score = new ProLong(Mode.CODE, 0.1, 32).score(random(seed, n));
    var d = score.details();
    assertThat(score.value().orElseThrow())
        .isCloseTo(
            d.get("counting_pairs")
                * (d.get("strength") + d.get("distance"))
                * d.get("specificity"),
            within(1e-9));
  }

  @Property
  void orderOfPairsDoesNotMatter(@ForAll long seed, @ForAll @IntRange(min = 2, max = 20) int n) {
    SegmentPairs pairs = random(seed, n);
    int last = pairs.target().length - 1;
    SegmentPairs reversed =
        new SegmentPairs(
            pairs.alone(),
            IntStream.rangeClosed(0, last).map(p -> pairs.target()[last - p]).toArray(),
            IntStream.rangeClosed(0, last).map(p -> pairs.context()[last - p]).toArray(),
            IntStream.rangeClosed(0, last).mapToDouble(p -> pairs.together()[last - p]).toArray());
    ProLong prolong = new ProLong(Mode.PAPER, 0.1, 32);
    assertThat(prolong.score(reversed).value())
        .hasValueCloseTo(prolong.score(pairs).value().orElseThrow(), within(1e-9));
  }

  @Test
  void pairsThatDoNotHelpGiveZero() {
    Score score =
        new ProLong(Mode.CODE, 0.1, 256)
            .score(
                measured(new double[] {40, 50}, new int[] {1}, new int[] {0}, new double[] {46}));
    assertThat(score.value()).hasValue(0);
    assertThat(score.details()).containsEntry("counting_pairs", 0.0).containsEntry("strength", 0.0);
  }

  @Test
  void oneSegmentIsTooShort() {
    Score score =
        new ProLong(Mode.CODE, 0.1, 256)
            .score(new SegmentPairs(new double[] {3}, new int[0], new int[0], new double[0]));
    assertThat(score.status()).isEqualTo(Status.TOO_SHORT);
    assertThat(score.error()).contains("holds 1 of the at least 2 whole segments");
  }

  @Test
  void segmentsWithoutPairsFail() {
    Score score =
        new ProLong(Mode.CODE, 0.1, 256)
            .score(new SegmentPairs(new double[] {3, 3}, new int[0], new int[0], new double[0]));
    assertThat(score.status()).isEqualTo(Status.FAILED);
    assertThat(score.error()).contains("2 segments");
  }

  @ParameterizedTest
  @CsvSource({"800, 3, Segment 1 has", "3, NaN, Segment 1 after segment 0", "-800, 3, Segment 1"})
  void perplexitiesOutOfRangeFail(double alone, double together, String named) {
    Score score =
        new ProLong(Mode.CODE, 0.1, 256)
            .score(
                new SegmentPairs(
                    new double[] {3, alone},
                    new int[] {1},
                    new int[] {0},
                    new double[] {together}));
    assertThat(score.status()).isEqualTo(Status.FAILED);
    assertThat(score.value()).isEmpty();
    assertThat(score.error()).contains(named);
  }

  @Test
  void parametersOutOfRangeAreRefused() {
    assertThatThrownBy(() -> new ProLong(Mode.CODE, -0.1, 256))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 0 and below 1, not -0.1");
    assertThatThrownBy(() -> new ProLong(Mode.CODE, 0.1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 2 segments, not 1");
  }

  private static SegmentPairs measured(
      double[] alone, int[] target, int[] context, double[] together) {
    return new SegmentPairs(
        Arrays.stream(alone).map(Math::log).toArray(),
        target,
        context,
        Arrays.stream(together).map(Math::log).toArray());
  }

  private static SegmentPairs random(long seed, int segments) {
    PairPlan plan = PairPlan.draw(segments * 16, 16, 512, segments * 2, seed, "d");
    return new SegmentPairs(
        IntStream.range(0, segments).mapToDouble(i -> loss(seed, "alone", i)).toArray(),
        plan.target(),
        plan.context(),
        IntStream.range(0, plan.target().length)
            .mapToDouble(i -> loss(seed, "together", i))
            .toArray());
  }

  private static double loss(long seed, String purpose, int number) {
    return 1 + 4 * Seeded.unit(Seeded.hash(seed, purpose, "d", number));
  }
}
