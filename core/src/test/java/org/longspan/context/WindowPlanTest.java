package org.longspan.context;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class WindowPlanTest {
  @Test
  void aTailOfHalfAWindowIsAWindow() {
    WindowPlan plan = new WindowPlan(100, 0, 1);
    assertThat(plan.starts("a", 249)).containsExactly(0, 100);
    assertThat(plan.starts("a", 250)).containsExactly(0, 100, 200);
    assertThat(plan.starts("a", 30)).containsExactly(0);
    assertThat(plan.end(200, 250)).isEqualTo(250);
  }

  @Property
  void ofALongDocumentOneWindowIsDrawnFromEachStretch(
      @ForAll @IntRange(min = 1, max = 100_000) int tokens,
      @ForAll @IntRange(min = 1, max = 9) int most) {
    WindowPlan plan = new WindowPlan(100, most, 7);
    int[] starts = plan.starts("d", tokens);
    assertThat(starts).hasSize(plan.count(tokens)).hasSizeLessThanOrEqualTo(most).isSorted();
    assertThat(starts).doesNotHaveDuplicates();

    for (int start : starts) {
      assertThat(start % 100).isZero();
      assertThat(plan.end(start, tokens)).isBetween(start + 1, tokens);
    }
  }

  @Test
  void otherDocumentsHaveOtherWindows() {
    WindowPlan plan = new WindowPlan(100, 3, 7);
    assertThat(plan.starts("a", 1_000_000)).isNotEqualTo(plan.starts("b", 1_000_000));
    assertThat(plan.starts("a", 1_000_000)).isEqualTo(plan.starts("a", 1_000_000));
  }
}
