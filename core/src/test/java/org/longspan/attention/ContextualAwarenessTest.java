package org.longspan.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.longspan.score.Scale;

class ContextualAwarenessTest {
  @Test
  void attentionThatFollowsTheGainAgrees() {
    double[] gains = {Math.log(1), Math.log(2), Math.log(2)};

    assertThat(ContextualAwareness.agreement(new double[] {0.1, 0.2, 0.2}, gains))
        .isCloseTo(1, within(1e-12));
    assertThat(ContextualAwareness.agreement(new double[] {0.3, 0, 0}, gains))
        .isCloseTo(1 / 3.0, within(1e-12));
    assertThat(ContextualAwareness.awareness(new double[] {0.3, 0, 0}, gains))
        .as("what the model overlooks")
        .isCloseTo(2 / 3.0, within(1e-12));
  }

  /** So losses with the segment alone, negated, do as well as gains. */
  @Property
  void neitherTheBaselineNorTheScaleOfAttentionMatters(
      @ForAll @Size(5) List<@DoubleRange(min = 0.01, max = 1) Double> attention,
      @ForAll @Size(5) List<@DoubleRange(min = -9, max = 9) Double> gains,
      @ForAll @DoubleRange(min = -50, max = 50) double baseline) {
    double[] masses = attention.stream().mapToDouble(Double::doubleValue).toArray();
    double[] scaled = attention.stream().mapToDouble(mass -> mass / 7).toArray();
    double[] nats = gains.stream().mapToDouble(Double::doubleValue).toArray();
    double[] shifted = gains.stream().mapToDouble(gain -> gain + baseline).toArray();

    double agreement = ContextualAwareness.agreement(masses, nats);

    assertThat(agreement).isBetween(0.0, 1.0);
    assertThat(ContextualAwareness.agreement(scaled, shifted)).isCloseTo(agreement, within(1e-9));
  }

  @Test
  void attentionIsAveragedOverLayers() {
    assertThat(ContextualAwareness.attention(new double[][] {{0.25, 0.5}, {0.75, 0}}))
        .containsExactly(0.5, 0.25);
  }

  @Test
  void theCombinationWeighsBothByAlpha() {
    Scale guidance = new Scale(1e-5, 3e-5, 0, 0);
    Scale awareness = new Scale(0.2, 0.6, 0, 0);

    assertThat(ContextualAwareness.combined(0.8, 3e-5, guidance, 0.2, awareness)).isEqualTo(0.8);
    assertThat(ContextualAwareness.combined(0.8, 1e-5, guidance, 0.6, awareness))
        .isCloseTo(0.2, within(1e-12));
  }

  @Test
  void segmentsWithoutGainsAreRefused() {
    assertThatThrownBy(() -> ContextualAwareness.agreement(new double[2], new double[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 segments", "of 3");
  }
}
