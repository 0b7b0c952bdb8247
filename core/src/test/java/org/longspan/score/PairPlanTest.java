package org.longspan.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PairPlanTest {
  @Property
  void pairsAreDistinctOrderedAndAsManyAsAsked(
      @ForAll @IntRange(max = 5_000) int tokens,
      @ForAll @IntRange(min = 2, max = 64) int segment,
      @ForAll @IntRange(min = 2, max = 40) int windowSegments,
      @ForAll @IntRange(max = 800) int pairs,
      @ForAll PairSampling sampling,
      @ForAll long seed) {
    PairPlan plan =
        PairPlan.draw(tokens, segment, windowSegments * segment, pairs, sampling, seed, "document");

    int n = plan.starts().length;
    assertThat(n).isEqualTo(Math.min(tokens / segment, windowSegments));
    int count = n * (n - 1) / 2;
    assertThat(plan.target()).hasSize(pairs == 0 ? count : Math.min(pairs, count));
    long before = -1;
    for (int p = 0; p < plan.target().length; p++) {
      assertThat(plan.context()[p]).isBetween(0, plan.target()[p] - 1);
      assertThat(plan.target()[p]).isLessThan(n);
      long place = (long) plan.context()[p] * n + plan.target()[p];
      assertThat(place).isGreaterThan(before);
      before = place;
    }
  }

  @Property
  void segmentsAscendOnTheGridWithoutOverlap(
      @ForAll @IntRange(max = 50_000) int tokens, @ForAll long seed) {
    PairPlan plan = PairPlan.draw(tokens, 128, 4096, 10, seed, "document");

    int free = 0;
    for (int start : plan.starts()) {
      assertThat(start).isGreaterThanOrEqualTo(free).isLessThanOrEqualTo(tokens - 128);
      assertThat(start % 128).isZero();
      free = start + 128;
    }
  }

  @Property
  void planDependsOnSeedAndDocumentAlone(
      @ForAll long seed, @ForAll String docId, @ForAll PairSampling sampling) {
    PairPlan first = PairPlan.draw(100_000, 128, 32_768, 500, sampling, seed, docId);
    PairPlan second = PairPlan.draw(100_000, 128, 32_768, 500, sampling, seed, docId);
    PairPlan other = PairPlan.draw(100_000, 128, 32_768, 500, sampling, seed, docId + "'");

    assertThat(second.starts()).isEqualTo(first.starts());
    assertThat(second.target()).isEqualTo(first.target());
    assertThat(second.context()).isEqualTo(first.context());
    assertThat(other.starts()).isNotEqualTo(first.starts());
    assertThat(other.target()).isNotEqualTo(first.target());
  }

  @Test
  void allPairsOfAFullWindow() {
    PairPlan plan = PairPlan.draw(32_768, 128, 32_768, 0, 11, "document");
    assertThat(plan.target()).hasSize(32_640);
  }

  @Property(tries = 200)
  void everyDistanceBucketAndRowGetsItsQuota(
      @ForAll @IntRange(min = 2, max = 300) int segments,
      @ForAll @IntRange(min = 1, max = 2_000) int pairs,
      @ForAll long seed) {
    PairPlan plan =
        PairPlan.draw(
            segments * 2, 2, segments * 2, pairs, PairSampling.STRATIFIED, seed, "document");

    double share = plan.target().length / (segments * (segments - 1) / 2.0);
    int[] byBucket = new int[10];
    int[] byTarget = new int[segments];
    for (int p = 0; p < plan.target().length; p++) {
      byTarget[plan.target()[p]]++;
      byBucket[31 - Integer.numberOfLeadingZeros(plan.target()[p] - plan.context()[p])]++;
    }

    double[] quota = new double[10];
    for (int distance = 1; distance < segments; distance++) {
      quota[31 - Integer.numberOfLeadingZeros(distance)] += share * (segments - distance);
    }

    for (int bucket = 0; bucket < quota.length; bucket++) {
      assertThat(Math.abs(byBucket[bucket] - quota[bucket])).isLessThan(1.000001);
    }

    // A row's share, of quotas that were rounded themselves.
    for (int target = 1; target < segments; target++) {
      assertThat(Math.abs(byTarget[target] - share * target)).isLessThan(2);
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyPairIsDrawnEquallyOften(PairSampling sampling) {
    int[] seen = new int[10];
    int draws = 20_000;
    for (int d = 0; d < draws; d++) {
      PairPlan plan = PairPlan.draw(20, 4, 20, 3, sampling, 11, "document-" + d);
      for (int p = 0; p < 3; p++) {
        int target = plan.target()[p];
        seen[target * (target - 1) / 2 + plan.context()[p]]++;
      }
    }

    // 3 of 10 pairs a document: 6,000 each, with a standard deviation of 65.
    for (int times : seen) {
      assertThat(times).isBetween(5_700, 6_300);
    }
  }

  @Test
  void everySegmentOfALongDocumentCanBeChosen() {
    Set<Integer> starts = new HashSet<>();
    for (int d = 0; d < 200; d++) {
      for (int start : PairPlan.draw(1_000, 10, 50, 1, 11, "document-" + d).starts()) {
        starts.add(start);
      }
    }

    assertThat(starts).hasSize(100);
  }

  @Test
  void documentsOfOneSegmentHaveNoPairs() {
    PairPlan plan = PairPlan.draw(255, 128, 32_768, 500, 11, "document");
    assertThat(plan.starts()).containsExactly(0);
    assertThat(plan.target()).isEmpty();
  }

  @Test
  void windowsBelowTwoSegmentsAreRefused() {
    assertThatThrownBy(() -> PairPlan.draw(1_000, 128, 255, 500, 11, "document"))
        .hasMessageContaining("window of 255 tokens does not hold two segments of 128");
  }
}
