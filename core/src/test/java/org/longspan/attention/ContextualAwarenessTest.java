package org.longspan.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.longspan.context.ContextWindows;
import org.longspan.context.ResponseLosses;
import org.longspan.score.Scale;
import org.longspan.score.Score;
import org.longspan.score.Status;

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

  /** Two windows of two segments and a response of two tokens; one token fills no segment. */
  @Test
  void theScoreIsTheMeanOverFullWindows() {
    ContextualAwareness scorer = new ContextualAwareness(9, 2, 3);
    ContextWindows read =
        AttentionWindows.document(
            9, scorer.view(), new double[][] {{0.3, 0}}, new double[][] {{0.1, 0.1}, {0.3, 0.3}});
    ResponseLosses useful = new ResponseLosses(2, new double[] {2, 2 - Math.log(3)});
    ResponseLosses alike = new ResponseLosses(4, new double[] {3, 3});
    ContextWindows measured =
        AttentionWindows.withTail(
            new ContextWindows(
                18,
                List.of(
                    read.windows().get(0).with(Map.of(scorer.pairs(), useful)),
                    read.windows().get(1).with(Map.of(scorer.pairs(), alike)))),
            4);

    Score score = scorer.score(measured);

    double agreement = (1 / Math.sqrt(10) + 1) / 2;
    assertThat(score.value().getAsDouble()).isCloseTo(1 - agreement, within(1e-12));
    assertThat(score.details())
        .containsEntry("windows", 2.0)
        .containsEntry("segments", 2.0)
        .containsEntry("response_loss", 3.0);
    assertThat(score.details().get("gain_mean"))
        .isCloseTo((Math.log(3) / 2 + 1) / 2, within(1e-12));
    assertThat(score.details().get("gain_max")).isCloseTo((Math.log(3) + 1) / 2, within(1e-12));
    assertThat(scorer.score(new ContextWindows(4, List.of())).status()).isEqualTo(Status.TOO_SHORT);
  }

  @Test
  void aWindowMustHoldASegmentAndAResponse() {
    assertThatThrownBy(() -> new ContextualAwareness(100, 30, 71))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("A window of 100 tokens has no room for a segment of 71");
    assertThatThrownBy(() -> new ContextualAwareness(100, 1, 30))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 2");
  }

  @Test
  void segmentsWithoutGainsAreRefused() {
    assertThatThrownBy(() -> ContextualAwareness.agreement(new double[2], new double[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 segments", "of 3");
  }
}
