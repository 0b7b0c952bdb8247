package org.longspan.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.longspan.context.ContextWindows;
import org.longspan.context.CopiedTokens;
import org.longspan.context.SlidingWindow;

class LongFilterTest {
  private static final SlidingWindow SHORT = new SlidingWindow(2, 1);
  private static final double[] LONG_LOSSES = {0, 9, 1, 2, .6, 4};
  private static final double[] SHORT_LOSSES = {0, 9, 3, 2, .5, 5};

  @Test
  void gainsAreThoseOfTheSpecification() {
    assertThat(LongFilter.gain(3, 1)).isCloseTo(0.7357589, within(1e-7));
    assertThat(LongFilter.gain(2, 2)).isZero();
    assertThat(LongFilter.gain(.5, .6)).isCloseTo(-0.0548812, within(1e-7));
    assertThat(LongFilter.gain(5, 4)).isCloseTo(0.0183156, within(1e-7));
  }

  @Test
  void theScoreIsTheMeanGain() {
    Score eligible = new LongFilter(SHORT, LongFilter.Over.ELIGIBLE).score(measured());
    assertThat(eligible.value().getAsDouble()).isCloseTo(0.1747983, within(1e-6));

    Score all = new LongFilter(SHORT, LongFilter.Over.ALL).score(measured());
    assertThat(all.value().getAsDouble()).isCloseTo(0.1747983 * 4 / 5, within(1e-6));
    assertThat(all.details()).containsEntry("tokens", 5.0).containsEntry("eligible_tokens", 4.0);
    assertThat(all.details().get("mean_eligible")).isEqualTo(eligible.value().getAsDouble());
  }

  @Test
  void aDocumentWithinOneShortWindowIsTooShort() {
    LongFilter longFilter = new LongFilter(new SlidingWindow(8, 4), LongFilter.Over.ALL);
    Score score =
        longFilter.score(
            Windows.of(Windows.distinct(8), new double[8], new SlidingWindow(8, 4), new double[8]));
    assertThat(score.status()).isEqualTo(Status.TOO_SHORT);
    assertThat(score.error()).contains("8 tokens");
  }

  @Test
  void theNonCopyPartLeavesOutWhatRepeats() {
    int[] tokens = {1, 2, 3, 1, 2, 3};
    ContextWindows repeated = Windows.of(tokens, LONG_LOSSES, SHORT, SHORT_LOSSES);
    Score score =
        new NonCopy(new LongFilter(SHORT, LongFilter.Over.ELIGIBLE), new CopiedTokens(2, 2))
            .score(repeated);
    assertThat(score.value().getAsDouble()).isCloseTo((0.7357589 + 0) / 2, within(1e-6));
  }

  private static ContextWindows measured() {
    return Windows.of(Windows.distinct(6), LONG_LOSSES, SHORT, SHORT_LOSSES);
  }
}
