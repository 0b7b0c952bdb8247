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
import org.longspan.score.ProLong.Aggregate;
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
    assertThat(Specificity.of(values, 0, values.length)).isCloseTo(expected, within(5e-8));
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
  void segmentsWithoutPairsScoreZero() {
    Score score =
        new ProLong(Mode.CODE, 0.1, 256)
            .score(new SegmentPairs(new double[] {3, 3}, new int[0], new int[0], new double[0]));
    assertThat(score.value()).hasValue(0);
    assertThat(score.details()).containsEntry("pairs", 0.0).containsEntry("mean", 0.0);
  }

  @ParameterizedTest
  @CsvSource({"CODE, 4, 0.2875546", "CODE, 256, 0.1408297"})
  void theMeanOverPairsCanBecomeTheScore(Mode mode, int windowSegments, double expected) {
    Score score =
        new ProLong(mode, 0.1, windowSegments, Specificity.ofPerplexity(), Aggregate.MEAN)
            .score(FOUR_SEGMENTS);
    assertThat(score.value()).hasValueCloseTo(expected, within(5e-8));
    assertThat(score.details().get("sum")).isCloseTo(6 * expected, within(3e-7));
  }

  @Property
  void specificityOfLossesDoesNotDependOnTheScaleOfPerplexity(
      @ForAll long seed, @ForAll @IntRange(min = 2, max = 20) int n) {
    ProLong prolong = new ProLong(Mode.CODE, 0.1, 32, Specificity.ofLoss(0.1), Aggregate.SUM);
    SegmentPairs pairs = random(seed, n);
    SegmentPairs harder =
        new SegmentPairs(
            Arrays.stream(pairs.alone()).map(loss -> loss + 2).toArray(),
            pairs.target(),
            pairs.context(),
            Arrays.stream(pairs.together()).map(loss -> loss + 2).toArray());
    assertThat(prolong.score(harder).value())
        .hasValueCloseTo(prolong.score(pairs).value().orElseThrow(), within(1e-6));
  }

  @Test
  void specificityOfLossesComparesRatiosOfPerplexities() {
    // Segment 2 alone and after segments 0 and 1: 1 nat saved, and 0.9. At a temperature of 0.1 the
    // contexts weigh e to 1: H = ln(1 + e) - e / (1 + e), DSP = 1 - H / ln 2.
    SegmentPairs pairs =
        new SegmentPairs(
            new double[] {3, 3, 3}, new int[] {2, 2}, new int[] {0, 1}, new double[] {2, 2.1});
    Score score =
        new ProLong(Mode.PAPER, 0.1, 32, Specificity.ofLoss(0.1), Aggregate.SUM).score(pairs);
    assertThat(score.details().get("specificity")).isCloseTo(0.1600585, within(1e-7));
  }

  @Test
  void temperaturesBelowZeroAreRefused() {
    assertThatThrownBy(() -> Specificity.ofLoss(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must be above 0, not 0.0");
  }

  @Test
  void segmentsWithFewContextsAreTold() {
    // Of the four segments two could have two contexts; segment 3 has one.
    SegmentPairs pairs =
        measured(
            new double[] {40, 50, 20, 30},
            new int[] {1, 2, 2, 3},
            new int[] {0, 0, 1, 1},
            new double[] {25, 19, 16, 29});
    assertThat(new ProLong(Mode.CODE, 0.1, 256).score(pairs).details())
        .containsEntry("thin_rows", 0.5);
    assertThat(new ProLong(Mode.CODE, 0.1, 256).score(FOUR_SEGMENTS).details())
        .containsEntry("thin_rows", 0.0);
  }

  @Test
  void copiesDoNotCountAsDependency() {
    ProLong prolong = new ProLong(Mode.CODE, 0.1, 256);
    SegmentPairs copied =
        new SegmentPairs(
            FOUR_SEGMENTS.alone(),
            FOUR_SEGMENTS.target(),
            FOUR_SEGMENTS.context(),
            FOUR_SEGMENTS.together(),
            new double[] {0, 0.1, 0, 0.11, 0, 1},
            PairClues.NONE);
    SegmentPairs rest =
        measured(
            new double[] {40, 50, 20, 30},
            new int[] {1, 2, 3, 3},
            new int[] {0, 0, 0, 1},
            new double[] {25, 19, 30, 29});

    assertThat(prolong.score(copied).value()).isEqualTo(prolong.score(FOUR_SEGMENTS).value());
    assertThat(prolong.score(copied).details())
        .containsEntry("non_copy", prolong.score(rest).value().orElseThrow());
    assertThat(prolong.score(copied.withoutCopies()).value())
        .isEqualTo(prolong.score(rest).value());
    assertThat(FOUR_SEGMENTS.withoutCopies().target()).hasSize(6);
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
