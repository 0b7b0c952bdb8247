package org.longspan.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.longspan.context.ContextWindow;
import org.longspan.context.ContextWindows;

class LongRecipeTest {
  /** Gains of tokens 1 to 10: 4, 0, -1, 0, 1, 0, 0, 2, 0, -2. */
  private static final double[] EXTENDED = {9, 1, 1, 2, 1, 1, 1, 1, 1, 1, 3};

  private static final double[] BASE = {9, 5, 1, 1, 1, 2, 1, 1, 3, 1, 1};

  @Test
  void theScoreIsTheMeanGainOfTheHighestFifth() {
    Score score = new LongRecipe(LongRecipe.PUBLISHED_SHARE).score(measured());

    assertThat(score.value().getAsDouble()).isCloseTo((4 + 2) / 2.0, within(1e-6));
    assertThat(score.details())
        .containsEntry("tokens", 10.0)
        .containsEntry("impactful_tokens", 2.0)
        .containsEntry("impactful_from", 2.0)
        .containsEntry("gain_mean", 0.4);
    assertThat(score.details().get("impactful_share")).isCloseTo(6 / 7.0, within(1e-6));
  }

  @Test
  void anImpactfulTokenMayLoseWhereAllDo() {
    Score score =
        new LongRecipe(0.01)
            .score(
                new ContextWindows(
                    3,
                    List.of(
                        Windows.compared(0, new double[] {0, 2, 2}, new double[] {0, 1, 1.5}))));

    assertThat(score.value().getAsDouble()).isEqualTo(-0.5);
    assertThat(score.details()).containsEntry("impactful_share", 0.0);
  }

  @Test
  void tokensThatAreLeftOutDoNotCount() {
    BitSet first = new BitSet();
    first.set(1);
    Score score =
        new LongRecipe(LongRecipe.PUBLISHED_SHARE)
            .score(measured().map(window -> window.without(first)));

    assertThat(score.details()).containsEntry("tokens", 9.0);
    assertThat(score.value().getAsDouble()).isCloseTo((2 + 1) / 2.0, within(1e-6));
  }

  @Test
  void aDocumentOfOneTokenIsTooShort() {
    ContextWindow one = Windows.compared(0, new double[1], new double[1]);
    assertThat(new LongRecipe(0.2).score(new ContextWindows(1, List.of(one))).status())
        .isEqualTo(Status.TOO_SHORT);
  }

  @Test
  void aShareThatIsNoneIsRefused() {
    assertThatThrownBy(() -> new LongRecipe(0)).hasMessageContaining("above 0");
    assertThatThrownBy(() -> new LongRecipe(1.5)).hasMessageContaining("1.5");
  }

  private static ContextWindows measured() {
    return new ContextWindows(11, List.of(Windows.compared(0, EXTENDED, BASE)));
  }
}
