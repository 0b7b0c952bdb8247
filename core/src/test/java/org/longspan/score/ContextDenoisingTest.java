package org.longspan.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.longspan.gradient.EmbeddingGradients;
import org.longspan.gradient.EmbeddingWindow;

class ContextDenoisingTest {
  /** Responses begin at token 4 of their windows; the far tokens are 0 and 1. */
  private static final ContextDenoising DENOISING = new ContextDenoising(2);

  private static final EmbeddingGradients MEASURED =
      new EmbeddingGradients(
          14,
          List.of(
              new EmbeddingWindow(0, 4, new float[] {1, 2, 3, 4, 50, 0}, 2.5),
              new EmbeddingWindow(7, 4, new float[] {0, 6, 1, 1, 3, 0}, 1.5)));

  /** 3 of 10, then 6 of 8; half of the tokens before a response are far. */
  @Test
  void theScoreIsTheShareOfMassFarBeforeTheResponse() {
    Score score = DENOISING.score(MEASURED);

    assertThat(score.value().getAsDouble()).isCloseTo((0.3 + 0.75) / 2, within(1e-9));
    assertThat(score.details())
        .containsEntry("windows", 2.0)
        .containsEntry("far_tokens", 0.5)
        .containsEntry("response_loss", 2.0);
    assertThat(score.details().get("top_share")).isCloseTo((0.4 + 0.75) / 2, within(1e-9));
  }

  @Test
  void weightsHaveTheMeanOneBeforeEachResponseAndAreOneElsewhere() {
    assertThat(DENOISING.weights(MEASURED))
        .containsExactly(
            new float[] {0.4f, 0.8f, 1.2f, 1.6f, 1, 1, 1, 0, 3, 0.5f, 0.5f, 1, 1, 1},
            within(1e-6f));
  }

  @Test
  void aWindowWithoutFarTokensOrMassIsLeftOut() {
    EmbeddingGradients measured =
        new EmbeddingGradients(
            9,
            List.of(
                new EmbeddingWindow(0, 2, new float[] {1, 1, 0}, 1),
                new EmbeddingWindow(3, 4, new float[6], 1)));

    assertThat(DENOISING.score(measured).status()).isEqualTo(Status.TOO_SHORT);
    assertThat(DENOISING.weights(measured)).containsOnly(1);
  }

  @Test
  void aDistanceIsNotNegative() {
    assertThatThrownBy(() -> new ContextDenoising(-1)).hasMessageContaining("not -1");
  }
}
