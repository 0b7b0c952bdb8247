package org.longspan.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.longspan.score.ProLong.Aggregate;
import org.longspan.score.ProLong.Mode;
import org.longspan.seed.Seeded;

/** Documents whose gains follow the clues, seen through a part of their pairs. */
class PairCompletionTest {
  private static final int SEGMENTS = 40;
  private static final ProLong PROLONG =
      new ProLong(Mode.PAPER, 0.1, 256, Specificity.ofPerplexity(), Aggregate.MEAN);

  @Property(tries = 50)
  void measuredPairsStandInEveryCompletion(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 100) int pairs) {
    SegmentPairs sample = sample(seed, pairs, 0.1);

    for (SegmentPairs completion : PairCompletion.of(sample)) {
      assertThat(completion.target()).hasSize(SEGMENTS * (SEGMENTS - 1) / 2);
      for (int p = 0; p < pairs; p++) {
        assertThat(completion.together()[place(sample.target()[p], sample.context()[p])])
            .isEqualTo(sample.together()[p]);
      }
    }
  }

  @Test
  void gainsThatFollowTheCluesAreFound() {
    SegmentPairs sample = sample(11, 200, 0);
    SegmentPairs all = sample(11, 0, 0);
    SegmentPairs completion = PairCompletion.of(sample).get(0);

    double[] errors =
        IntStream.range(0, all.target().length)
            .mapToDouble(
                p ->
                    completion.together()[place(all.target()[p], all.context()[p])]
                        - all.together()[p])
            .map(Math::abs)
            .toArray();

    // Gains have a standard deviation of 0.17; early targets have too few pairs for their own part.
    assertThat(Arrays.stream(errors).average().orElseThrow()).isLessThan(0.03);
  }

  @Test
  void predictionComesCloserToAllPairsThanTheSampleDoes() {
    double ofSamples = 0;
    double ofPredictions = 0;

    for (int seed = 0; seed < 20; seed++) {
      double goal = value(sample(seed, 0, 0.1));
      SegmentPairs predicted = sample(seed, 60, 0.1);
      SegmentPairs left =
          new SegmentPairs(
              predicted.alone(), predicted.target(), predicted.context(), predicted.together());
      ofSamples += Math.abs(value(left) / goal - 1);
      ofPredictions += Math.abs(value(predicted) / goal - 1);
    }

    assertThat(ofPredictions).isLessThan(ofSamples / 2);
  }

  @Test
  void allPairsAreScoredAsTheyAre() {
    SegmentPairs all = sample(11, 0, 0.1);
    assertThat(PairCompletion.of(all)).containsExactly(all);
  }

  @Test
  void predictedPairsAreTold() {
    assertThat(PROLONG.score(sample(11, 60, 0.1)).details())
        .containsEntry("measured_pairs", 60.0)
        .containsEntry("pairs", 780.0);
  }

  @Test
  void copiesAreLeftOutOfThePredictedPairsToo() {
    SegmentPairs sample = sample(11, 60, 0.1);
    PairClues clues = sample.clues();
    double[] copied =
        IntStream.range(0, clues.target().length)
            .mapToDouble(p -> clues.context()[p] == 0 ? 1 : 0)
            .toArray();
    SegmentPairs repeated =
        new SegmentPairs(
            sample.alone(),
            sample.target(),
            sample.context(),
            sample.together(),
            IntStream.of(sample.context()).mapToDouble(j -> j == 0 ? 1 : 0).toArray(),
            new PairClues(
                clues.opening(), clues.target(), clues.context(), copied, clues.copyable()));

    assertThat(PROLONG.score(repeated.withoutCopies()).details())
        .containsEntry("pairs", 780.0 - 39);
  }

  private static double value(SegmentPairs pairs) {
    return PROLONG.score(pairs).value().orElseThrow();
  }

  private static int place(int target, int context) {
    return target * (target - 1) / 2 + context;
  }

  /** Gains of 0.5 copyable + 0.02 ln distance + a part of the target's own, and noise. */
  private static SegmentPairs sample(long seed, int pairs, double noise) {
    int all = SEGMENTS * (SEGMENTS - 1) / 2;
    int[] target = new int[all];
    int[] context = new int[all];
    double[] copyable = new double[all];
    double[] gain = new double[all];

    for (int i = 0; i < SEGMENTS; i++) {
      for (int j = 0; j < i; j++) {
        int p = place(i, j);
        target[p] = i;
        context[p] = j;
        copyable[p] = unit(seed, "copyable", p);
        gain[p] =
            0.5 * copyable[p]
                + 0.02 * Math.log(i - j)
                + 0.3 * unit(seed, "target", i)
                + noise * unit(seed, "noise", p);
      }
    }

    double[] alone =
        IntStream.range(0, SEGMENTS).mapToDouble(i -> 3 + unit(seed, "alone", i)).toArray();
    double[] opening = new double[SEGMENTS];
    PairPlan plan =
        PairPlan.draw(
            SEGMENTS * 2, 2, SEGMENTS * 2, pairs, PairSampling.STRATIFIED, seed, "document");
    return new SegmentPairs(
        alone,
        plan.target(),
        plan.context(),
        IntStream.range(0, plan.target().length)
            .mapToDouble(
                p -> alone[plan.target()[p]] - gain[place(plan.target()[p], plan.context()[p])])
            .toArray(),
        new double[plan.target().length],
        new PairClues(opening, target, context, new double[all], copyable));
  }

  private static double unit(long seed, String purpose, int number) {
    return Seeded.unit(Seeded.hash(seed, purpose, "d", number));
  }
}
