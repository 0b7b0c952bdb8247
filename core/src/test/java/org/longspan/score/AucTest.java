package org.longspan.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class AucTest {
  @Test
  void itIsTheShareOfPairsInTheRightOrder() {
    assertThat(Auc.of(new double[] {3, 4}, new double[] {1, 2})).isEqualTo(1);
    assertThat(Auc.of(new double[] {1, 2}, new double[] {3, 4})).isEqualTo(0);
    assertThat(Auc.of(new double[] {1, 3}, new double[] {2})).isEqualTo(0.5);
    assertThat(Auc.of(new double[] {2, 2}, new double[] {2, 1})).isEqualTo(0.75);
  }

  @Property
  void theOtherWayRoundGivesTheRest(
      @ForAll @Size(min = 1, max = 30) @IntRange(min = 0, max = 9) int[] a,
      @ForAll @Size(min = 1, max = 30) @IntRange(min = 0, max = 9) int[] b) {
    double[] higher = Arrays.stream(a).asDoubleStream().toArray();
    double[] lower = Arrays.stream(b).asDoubleStream().toArray();
    assertThat(Auc.of(higher, lower) + Auc.of(lower, higher)).isCloseTo(1, within(1e-12));
  }

  @Test
  void oneKindAloneIsRefused() {
    assertThatThrownBy(() -> Auc.of(new double[0], new double[1])).hasMessageContaining("0 of one");
  }
}
