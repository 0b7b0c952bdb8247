package org.longspan.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CompressibilityTest {
  private final Compressibility compressibility = new Compressibility();

  @Test
  void theScoreIsGzipsShareOfTheBytes() {
    Score score = compressibility.score(new CompressedSizes(80_000, 50_733, 6, 24_420));

    assertThat(score.value().getAsDouble()).isCloseTo(0.634163, within(1e-6));
    assertThat(score.details())
        .containsEntry("long_window", 24_420 / 80_000.0)
        .containsEntry("bytes", 80_000.0)
        .containsEntry("level", 6.0);
    assertThat(score.details().get("far_repetition")).isCloseTo(0.328913, within(1e-6));
  }

  @Test
  void anEmptyTextHasNoRatio() {
    assertThat(compressibility.score(new CompressedSizes(0, 20, 6, 9)).status())
        .isEqualTo(Status.TOO_SHORT);
    assertThatThrownBy(() -> new CompressedSizes(5, 0, 6, 9)).hasMessageContaining("5 bytes, 0");
  }
}
