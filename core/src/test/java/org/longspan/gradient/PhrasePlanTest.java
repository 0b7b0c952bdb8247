package org.longspan.gradient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PhrasePlanTest {
  private static final PhrasePlan PUBLISHED = PhrasePlan.PUBLISHED;

  /** Of eight batches the last has nothing behind it; segments begin at 0, 6, ..., 1008. */
  @Test
  void aWindowAsPublished() {
    assertThat(PUBLISHED.batches(1024)).isEqualTo(7);
    assertThat(PUBLISHED.segments(1024)).isEqualTo(169);
    assertThat(PUBLISHED.first(0)).isEqualTo(1);
    assertThat(PUBLISHED.first(3)).isEqualTo(384);
    assertThat(PUBLISHED.end(3)).isEqualTo(512);
    assertThat(PUBLISHED.segmentStart(PUBLISHED.firstSegment(3))).isEqualTo(516);
    assertThat(PUBLISHED.firstLatter(3)).isEqualTo(522);
    assertThat(PUBLISHED.leastTokens()).isEqualTo(144);
    assertThat(PUBLISHED.passTokens(1024)).isEqualTo(2028 + 4 * 3584 + 12 * 583);
  }

  @Property
  void segmentsLieBehindTheirBatchAndInsideTheWindow(
      @ForAll @IntRange(min = 2, max = 40) int batch,
      @ForAll @IntRange(min = 2, max = 10) int half,
      @ForAll @IntRange(max = 300) int tokens) {
    PhrasePlan plan = new PhrasePlan(batch, 2 * half);

    assertThat(plan.batches(tokens) > 0).isEqualTo(tokens >= plan.leastTokens());

    for (int b = 0; b < plan.batches(tokens); b++) {
      int first = plan.segmentStart(plan.firstSegment(b));
      assertThat(first).isBetween(plan.end(b), plan.end(b) + half - 1);
      assertThat(plan.firstSegment(b)).isLessThan(plan.segments(tokens));
    }

    if (plan.segments(tokens) > 0) {
      int end = plan.segmentStart(plan.segments(tokens) - 1) + 2 * half;
      assertThat(end).isBetween(tokens - half + 1, tokens);
    }
  }

  @Test
  void aSegmentHasHalves() {
    assertThatThrownBy(() -> new PhrasePlan(128, 11)).hasMessageContaining("128 and 11");
  }
}
