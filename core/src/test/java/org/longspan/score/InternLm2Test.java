package org.longspan.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.longspan.context.ContextWindows;

/** Segments of 3 tokens over 10 tokens: joints before tokens 3 and 6; token 9 is in no segment. */
class InternLm2Test {
  /** After its neighbour the second segment has perplexity 2 rather than 5, the third 4 and 3. */
  private static final ContextWindows MEASURED =
      measured(10, (start, t) -> Math.log(t < 6 ? (start == 0 ? 2 : 5) : (start == 3 ? 4 : 3)));

  @Test
  void theScoreIsTheMeanFallOfPerplexity() {
    Score score = new InternLm2(3, InternLm2.Difference.PERPLEXITY).score(MEASURED);
    assertThat(score.value().getAsDouble()).isCloseTo(-(-3 + 1) / 2.0, within(1e-5));
    assertThat(score.details()).containsEntry("joints", 2.0).containsEntry("distracting_share", .5);
    assertThat(score.details().get("max")).isCloseTo(1, within(1e-5));
  }

  @Test
  void lossesAreTheOtherMode() {
    Score score = new InternLm2(3, InternLm2.Difference.LOSS).score(MEASURED);
    double expected = -(Math.log(2 / 5.0) + Math.log(4 / 3.0)) / 2;
    assertThat(score.value().getAsDouble()).isCloseTo(expected, within(1e-6));
    assertThat(score.details().get("mean_loss_difference")).isCloseTo(-expected, within(1e-6));
    assertThat(score.details().get("mean_perplexity_difference")).isCloseTo(-1, within(1e-5));
  }

  /** The first token of a segment, which nothing predicts alone, would change both means. */
  @Test
  void aSegmentsFirstTokenIsNotCompared() {
    ContextWindows surprising = measured(6, (start, t) -> t == 3 ? 99 : Math.log(t - start));
    Score score = new InternLm2(3, InternLm2.Difference.PERPLEXITY).score(surprising);
    assertThat(score.value().getAsDouble())
        .isCloseTo(Math.sqrt(1 * 2) - Math.sqrt(4 * 5), within(1e-5));
  }

  @Test
  void oneSegmentHasNoJoint() {
    Score score = new InternLm2(3, InternLm2.Difference.LOSS).score(measured(5, (start, t) -> 1));
    assertThat(score.status()).isEqualTo(Status.TOO_SHORT);
    assertThat(score.error()).contains("5 tokens").contains("segments of 3");
  }

  private static ContextWindows measured(int tokens, Windows.Predicted loss) {
    return Windows.of(
        Windows.distinct(tokens), loss, List.of(InternLm2.after(3), InternLm2.alone(3)));
  }
}
