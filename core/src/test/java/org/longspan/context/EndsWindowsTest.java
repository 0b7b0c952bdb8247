package org.longspan.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class EndsWindowsTest {
  private static final WindowPlan PLAN = new WindowPlan(10, 0, 1, WindowPlan.Placing.ENDS);

  @Test
  void windowsComeFromBothEnds() {
    assertThat(starts(9)).isEmpty();
    assertThat(starts(10)).as("one window exactly").containsExactly(0);
    assertThat(starts(11)).containsExactly(0, 1);
    assertThat(starts(20)).containsExactly(0, 10);
    assertThat(starts(21)).as("the middle, rounded down").containsExactly(0, 5, 11);
    assertThat(starts(30)).containsExactly(0, 10, 20);
    assertThat(starts(47)).containsExactly(0, 10, 18, 27, 37);
  }

  /** The paper's loop, which closes in on the middle. */
  @Property
  void theyAreThoseOfThePapersLoop(@ForAll @IntRange(min = 11, max = 2000) int tokens) {
    TreeSet<Integer> expected = new TreeSet<>();
    int left = 0;
    int right = tokens;

    while (right - left > 30) {
      expected.add(left);
      expected.add(right - 10);
      left += 10;
      right -= 10;
    }

    expected.add(left);
    expected.add(right - 10);

    if (right - left > 20) {
      expected.add(left + (right - left - 10) / 2);
    }

    assertThat(starts(tokens)).containsExactly(expected.stream().mapToInt(i -> i).toArray());
  }

  @Property
  void noTokenIsLost(@ForAll @IntRange(min = 10, max = 2000) int tokens) {
    BitSet read = new BitSet();

    for (int start : starts(tokens)) {
      assertThat(PLAN.end(start, tokens)).isEqualTo(start + 10);
      read.set(start, start + 10);
    }

    assertThat(read.cardinality()).isEqualTo(tokens);
  }

  private static int[] starts(int tokens) {
    return PLAN.starts("d", tokens);
  }
}
