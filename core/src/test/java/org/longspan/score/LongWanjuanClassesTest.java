package org.longspan.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LongWanjuanClassesTest {
  @ParameterizedTest
  @CsvSource({
    "0.9, 0.9, 0.5, holistic",
    "0.5, 0.5, 0.5, aggregated",
    "0.1, 0.1, 0.9, chaotic",
    "0.1, 0.1, 0.1, chaotic",
    "0.1, 0.1, 0.5, chaotic",
    "0.1, 0.5, 0.9, chaotic",
    "0.9, 0.5, 0.5, holistic",
    "0.9, 0.9, 0.9, aggregated",
    "0.9, 0.1, 0.5, aggregated",
    "0.1, 0.9, 0.5, aggregated"
  })
  void theThreeNamedCombinationsAndTheirNeighbours(
      double coherence, double cohesion, double complexity, String expected) {
    LongWanjuanClasses classes = new LongWanjuanClasses(1 / 3.0, 2 / 3.0);
    assertThat(classes.of(coherence, cohesion, complexity).label()).isEqualTo(expected);
  }

  @Test
  void bordersAreInOrder() {
    assertThatThrownBy(() -> new LongWanjuanClasses(.7, .3)).hasMessageContaining("0.7 and 0.3");
  }
}
