package org.longspan.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.longspan.context.Blocks;
import org.longspan.context.ContextWindows;
import org.longspan.context.Contexts;
import org.longspan.context.Part;

/** delta, LTF and DP on probabilities after the short context of 2 tokens and the long one. */
class ShortestContextsTest {
  private static final Contexts SHORT = new Blocks(2, 1);
  private static final double[] LONG = {1, .5, .5, .8, .2, .6, .3, .21};
  private static final double[] SHORTS = {1, .5, .5, .04, .04, .6, .06, .01};

  @Test
  void deltaIsTheMeanDifferenceOfProbabilities() {
    Score score = new Delta(SHORT).score(measured(SHORT));
    assertThat(score.value().getAsDouble())
        .isCloseTo((0 + .76 + .16 + 0 + .24 + .2) / 6, within(1e-6));
    assertThat(score.details()).containsEntry("measured_tokens", 6.0);
    assertThat(score.details().get("p_short")).isCloseTo(1.25 / 6, within(1e-6));
  }

  @Test
  void ltfCountsTokensThatOnlyTheLongContextMakesLikely() {
    Ltf ltf = new Ltf(SHORT, Ltf.PUBLISHED_BELOW, Ltf.PUBLISHED_ABOVE);
    assertThat(ltf.counts(.05, .9)).as("a bound itself").isFalse();
    assertThat(ltf.counts(.01, .2)).as("a bound itself").isFalse();
    Score score = ltf.score(measured(SHORT));
    assertThat(score.details()).containsEntry("ltf_tokens", 2.0);
    assertThat(score.value().getAsDouble()).isEqualTo(2 / 6.0);
  }

  /** Of DP = 0, ln 20, ln 5, 0, ln 5, ln 21 the third with the highest values. */
  @Test
  void dependencyIsTheMeanOfTheHighest() {
    Score score = new Dependency(SHORT, 1 / 3.0).score(measured(SHORT));
    assertThat(score.value().getAsDouble())
        .isCloseTo((Math.log(21) + Math.log(20)) / 2, within(1e-6));
    assertThat(score.details().get("mean")).isCloseTo(Math.log(20 * 5 * 5 * 21) / 6, within(1e-6));
  }

  /** Tokens 3, 5 and 7. */
  @Test
  void ofAPartOnlyItsTokensCount() {
    Contexts half = new Part(SHORT, 1, 2);
    assertThat(new Delta(half).score(measured(half)).value().getAsDouble())
        .isCloseTo((.76 + 0 + .2) / 3, within(1e-6));
    assertThat(new Ltf(half, .05, .2).score(measured(half)).details())
        .containsEntry("measured_tokens", 3.0);
  }

  @Test
  void aDocumentWithoutAMeasuredTokenIsTooShort() {
    Contexts none = new Part(SHORT, 100, 2);
    ContextWindows measured = measured(none);

    for (Scorer<ContextWindows> scorer :
        List.of(new Delta(none), new Ltf(none, .05, .2), new Dependency(none, .1))) {
      assertThat(scorer.score(measured).status()).isEqualTo(Status.TOO_SHORT);
    }
  }

  private static ContextWindows measured(Contexts contexts) {
    double[] longLosses = new double[LONG.length];
    double[] shortLosses = new double[LONG.length];

    for (int t = 0; t < LONG.length; t++) {
      longLosses[t] = -Math.log(LONG[t]);
      shortLosses[t] = -Math.log(SHORTS[t]);
    }

    return Windows.of(Windows.distinct(LONG.length), longLosses, contexts, shortLosses);
  }
}
