package org.longspan.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PlantedNeedleTest {
  private static final PlantedNeedle.Words WORDS =
      new PlantedNeedle.Words(new int[] {50, 51}, new int[] {60, 61, 62}, new int[] {70});

  @Test
  void theQuestionAndItsAnswerStandBehindTheText() {
    PlantedNeedle planted = PlantedNeedle.in(new int[] {1, 2, 3, 4}, 3, WORDS);

    assertThat(planted.tokens())
        .containsExactly(1, 2, 3, 50, 51, 60, 61, 62, 70, 4, 50, 51, 60, 61, 62)
        .hasSize(4 + WORDS.length());
    assertThat(planted.from()).isEqualTo(5);
    assertThat(planted.to()).isEqualTo(8);
    assertThat(planted.answer()).isEqualTo(3);
  }

  @Test
  void aNeedleStandsWithinTheText() {
    assertThat(PlantedNeedle.in(new int[] {1}, 1, WORDS).from()).isEqualTo(3);
    assertThatThrownBy(() -> PlantedNeedle.in(new int[] {1}, 2, WORDS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("behind 2 tokens of a text of 1");
  }
}
