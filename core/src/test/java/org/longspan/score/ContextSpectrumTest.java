package org.longspan.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.longspan.context.Blocks;
import org.longspan.context.ContextWindows;
import org.longspan.context.Contexts;
import org.longspan.context.CopiedTokens;
import org.longspan.context.WholePrefix;

/** Windows of 32 tokens: levels of 2, 4 and 8 tokens and the whole prefix, of 16 and more. */
class ContextSpectrumTest {
  private static final List<Blocks> LEVELS = ContextSpectrum.levels(2, 32);

  @Test
  void levelsDoubleUntilTheWholePrefixIsTheNextOne() {
    assertThat(LEVELS).containsExactly(new Blocks(2, 2), new Blocks(4, 4), new Blocks(8, 8));
    assertThat(ContextSpectrum.firstToken(LEVELS)).isEqualTo(16);
    assertThat(ContextSpectrum.levels(256, 2048)).extracting(Blocks::context).contains(256, 512);
    assertThat(ContextSpectrum.levels(256, 600)).containsExactly(new Blocks(256, 256));
  }

  /** A token's loss is 5 - log2 of its context, rounded down: 4, 3, 2 and 1. */
  @Test
  void everyDoublingThatHelpsAlikeIsAFlatSpectrum() {
    Score score = score(measured((start, t) -> 5 - Math.floor(Math.log(t - start) / Math.log(2))));
    assertThat(score.profile()).containsExactly(new double[] {1, 1, 1}, within(1e-6));
    assertThat(score.value().getAsDouble()).isCloseTo((3 + 2 + 1) / 3.0, within(1e-6));
    assertThat(score.details()).containsEntry("loss_2", 4.0).containsEntry("loss_whole", 1.0);
    assertThat(score.details()).containsEntry("gain", 3.0).containsEntry("tokens", 16.0);
    assertThat(score.details().get("effective_context"))
        .as("a tenth of the gain is missing 0.3 doublings before the whole")
        .isCloseTo(16 * Math.pow(2, -0.3), within(1e-6));
  }

  @Test
  void aGainThatLiesFartherCountsMore() {
    Score near = score(measured((start, t) -> t - start >= 4 ? 1 : 2));
    Score far = score(measured((start, t) -> t - start >= 16 ? 1 : 2));
    assertThat(near.details().get("gain")).isEqualTo(far.details().get("gain"));
    assertThat(near.value().getAsDouble()).isCloseTo(1 / 3.0, within(1e-6));
    assertThat(far.value().getAsDouble()).isCloseTo(1, within(1e-6));
    assertThat(near.details().get("effective_context"))
        .isCloseTo(2 * Math.pow(2, .9), within(1e-6));
    assertThat(far.details().get("effective_context")).isCloseTo(8 * Math.pow(2, .9), within(1e-6));
  }

  @Test
  void withoutGainTheShortestContextSuffices() {
    Score score = score(measured((start, t) -> 3));
    assertThat(score.value().getAsDouble()).isZero();
    assertThat(score.details()).containsEntry("effective_context", 2.0);
    assertThat(score(measured((start, t) -> t - start)).details())
        .as("context that hurts")
        .containsEntry("effective_context", 2.0);
  }

  @Test
  void tokensThatAreLeftOutAreInNoLevel() {
    int[] tokens = Windows.distinct(32);
    System.arraycopy(tokens, 0, tokens, 16, 8);
    ContextWindows repeated = measured(tokens, (start, t) -> start == 0 && t < 24 ? 0 : 1);
    Score score =
        new NonCopy(new ContextSpectrum(LEVELS, .1), new CopiedTokens(2, 8)).score(repeated);
    assertThat(score.details()).containsEntry("tokens", 9.0);
    assertThat(score.details().get("gain"))
        .as("of token 16 alone")
        .isCloseTo(1 / 9.0, within(1e-6));
  }

  @Test
  void aDocumentWithoutTheLongestContextIsTooShort() {
    Score score = score(measured(Windows.distinct(16), (start, t) -> 1));
    assertThat(score.status()).isEqualTo(Status.TOO_SHORT);
    assertThat(score.error()).contains("16 tokens");
  }

  private static Score score(ContextWindows measured) {
    return new ContextSpectrum(LEVELS, .1).score(measured);
  }

  private static ContextWindows measured(Windows.Predicted loss) {
    return measured(Windows.distinct(32), loss);
  }

  private static ContextWindows measured(int[] tokens, Windows.Predicted loss) {
    List<Contexts> contexts = new ArrayList<>(LEVELS);
    contexts.add(new WholePrefix());
    return Windows.of(tokens, loss, contexts);
  }
}
