package org.longspan.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.longspan.context.Blocks;
import org.longspan.context.CopiedTokens;

class CopyShareTest {
  private static final Blocks SHORT = new Blocks(2, 1);
  private static final CopyShare COPY_SHARE = new CopyShare(SHORT, new CopiedTokens(2, 2));
  private static final double[] LONG_LOSSES = {0, 9, 9, 2, 1, 1, 3};
  private static final double[] SHORT_LOSSES = {0, 9, 9, 3, 4, 3, 2};

  /** Tokens 4 and 5 end copies and gain 3 + 2 nats, token 3 gains 1, and token 6 loses 1. */
  @Test
  void theScoreIsTheShareOfGainThatIsNoCopy() {
    Score score =
        COPY_SHARE.score(
            Windows.of(new int[] {1, 2, 3, 1, 2, 3, 9}, LONG_LOSSES, SHORT, SHORT_LOSSES));
    assertThat(score.details().get("copy_share")).isCloseTo(5 / 6.0, within(1e-6));
    assertThat(score.value().getAsDouble()).isCloseTo(1 / 6.0, within(1e-6));
    assertThat(score.details().get("gain")).isCloseTo(6 / 5.0, within(1e-6));
    assertThat(score.details()).containsEntry("copied_tokens", 2.0);
  }

  @Test
  void aTextWithoutRepetitionCopiesNothing() {
    Score score =
        COPY_SHARE.score(Windows.of(Windows.distinct(7), LONG_LOSSES, SHORT, SHORT_LOSSES));
    assertThat(score.value().getAsDouble()).isEqualTo(1);
  }

  @Test
  void withoutAnyGainThereIsNoShare() {
    Score score =
        COPY_SHARE.score(Windows.of(Windows.distinct(7), SHORT_LOSSES, SHORT, SHORT_LOSSES));
    assertThat(score.status()).isEqualTo(Status.TOO_SHORT);
    assertThat(score.error()).contains("5 of them").contains("gains anything");
  }
}
