package org.longspan.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.longspan.context.ContextWindow;
import org.longspan.context.ContextWindows;

class GateauTest {
  private static final ContextWindow FIRST =
      Windows.compared(0, new double[] {0, 9, 9, 1, 1}, new double[] {0, 0, 0, 3, 2});
  private static final ContextWindow SECOND =
      Windows.compared(5, new double[] {0, 9, 2, 2}, new double[] {0, 0, 2, 1});

  @Test
  void theResponseIsTheEndOfEachWindow() {
    Score score = new Gateau(2).score(new ContextWindows(9, List.of(FIRST, SECOND)));

    assertThat(score.value().getAsDouble()).isEqualTo(2 - 1.5);
    assertThat(score.details()).containsEntry("response_tokens", 4.0);
    assertThat(score.details().get("ppl_short")).isCloseTo(Math.exp(2), within(1e-9));
    assertThat(score.details().get("ppl_long")).isCloseTo(Math.exp(1.5), within(1e-9));
  }

  @Test
  void aWindowShorterThanTheResponseCountsWithoutItsFirstToken() {
    Score score = new Gateau(100).score(new ContextWindows(5, List.of(FIRST)));

    assertThat(score.details()).containsEntry("response_tokens", 4.0);
    assertThat(score.value().getAsDouble()).isEqualTo((3 + 2 - 9 - 9 - 1 - 1) / 4.0);
  }

  @Test
  void aDocumentOfOneTokenIsTooShort() {
    ContextWindow one = Windows.compared(0, new double[1], new double[1]);
    assertThat(new Gateau(2).score(new ContextWindows(1, List.of(one))).status())
        .isEqualTo(Status.TOO_SHORT);
    assertThatThrownBy(() -> new Gateau(0)).hasMessageContaining("not 0");
  }

  /** d is 0 - 0, 1 - 0.5 and 0.5 - 1, so that the softmax is of 0, 0.5 and -0.5. */
  @Test
  void theGuidanceIsASoftmaxOfScaledPerplexities() {
    GateauGuidance guidance = new GateauGuidance(10, 30, 5, 9);
    double sum = 1 + Math.exp(0.5) + Math.exp(-0.5);

    assertThat(guidance.part(10, 5)).isEqualTo(1);
    assertThat(guidance.part(30, 7) / sum).isCloseTo(0.5064804, within(1e-7));
    assertThat(guidance.part(20, 9) / sum).isCloseTo(0.1863237, within(1e-7));
  }

  @Test
  void onePerplexityForAllSaysNothing() {
    assertThat(new GateauGuidance(7, 7, 5, 5).part(7, 5)).isEqualTo(1);
  }
}
