package org.longspan.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.longspan.context.Blocks;
import org.longspan.context.ContextWindows;

/**
 * LongPPL and LongCE on the specification's probabilities: .8 after .1, .2 after .1, .6 after .6.
 */
class LongPplTest {
  private static final Blocks SHORT = new Blocks(2, 1);
  private static final double[] LONG_LOSSES = {
    0, 1, 1, -Math.log(.8), -Math.log(.2), -Math.log(.6)
  };
  private static final double[] SHORT_LOSSES = {
    0, 1, 1, -Math.log(.1), -Math.log(.1), -Math.log(.6)
  };

  @Test
  void aKeyTokenGainsTwoNatsAndIsLikely() {
    LongPpl longPpl = new LongPpl(SHORT, LongPpl.PUBLISHED_ALPHA, LongPpl.PUBLISHED_BETA);
    assertThat(longPpl.isKey(-Math.log(.1), -Math.log(.8))).isTrue();
    assertThat(longPpl.isKey(-Math.log(.1), -Math.log(.2))).isFalse();
    assertThat(longPpl.isKey(3, 1)).as("a gain of exactly alpha").isFalse();
    assertThat(longPpl.isKey(9, 2)).as("a log-probability of exactly beta").isFalse();
  }

  @Test
  void theScoreIsTheShareOfKeyTokens() {
    Score score =
        new LongPpl(SHORT, LongPpl.PUBLISHED_ALPHA, LongPpl.PUBLISHED_BETA).score(measured());
    assertThat(score.value().getAsDouble()).isEqualTo(0.25);
    assertThat(score.details()).containsEntry("eligible_tokens", 4.0);
    assertThat(score.details()).containsEntry("key_tokens", 1.0).containsEntry("key_spread", 0.0);
    assertThat(score.details().get("longppl")).isCloseTo(1 / .8, within(1e-6));
  }

  @Test
  void withoutKeyTokensThereIsNoLongPpl() {
    Score score = new LongPpl(SHORT, 100, LongPpl.PUBLISHED_BETA).score(measured());
    assertThat(score.value().getAsDouble()).isZero();
    assertThat(score.details()).doesNotContainKey("longppl");
  }

  @Test
  void longCeWeighsByTheRatioOfProbabilitiesUpToACap() {
    LongCe longCe = new LongCe(SHORT, LongCe.PUBLISHED_GAMMA);
    assertThat(longCe.weights(measured()))
        .containsExactly(new float[] {1, 1, 1, 5, 2, 1}, within(1e-5f));
    assertThat(longCe.score(measured()).value().getAsDouble())
        .isCloseTo((1 + 5 + 2 + 1) / 4.0, within(1e-6));
    assertThat(longCe.score(measured()).details()).containsEntry("capped_share", 0.25);
  }

  @Test
  void aDocumentWithoutAShortContextIsTooShort() {
    ContextWindows tiny = Windows.of(Windows.distinct(2), new double[2], SHORT, new double[2]);
    assertThat(new LongPpl(SHORT, 2, -2).score(tiny).status()).isEqualTo(Status.TOO_SHORT);
    assertThat(new LongCe(SHORT, 5).score(tiny).status()).isEqualTo(Status.TOO_SHORT);
  }

  private static ContextWindows measured() {
    return Windows.of(Windows.distinct(6), LONG_LOSSES, SHORT, SHORT_LOSSES);
  }
}
