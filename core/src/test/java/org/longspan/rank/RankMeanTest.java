package org.longspan.rank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RankMeanTest {
  @Test
  void negativeWeightsTurnAScorersOrderAround() {
    RankMean mean = mean(Map.of("prolong", 1.0, "compressibility", -0.5));

    assertThat(mean.scorers()).containsExactly("compressibility", "prolong");
    // (0.5 (1 - 0.2) + 1 * 0.9) / 1.5
    assertThat(mean.of(0.2, 0.9)).isCloseTo(1.3 / 1.5, within(1e-15));
  }

  @Property
  void aRankAndItsMirrorJoinToTheMirror(
      @ForAll @DoubleRange(min = 0, max = 1) double a,
      @ForAll @DoubleRange(min = 0, max = 1) double b) {
    RankMean mean = mean(Map.of("a", 2.0, "b", -3.0));

    assertThat(mean.of(a, b)).isBetween(0.0, 1.0);
    assertThat(mean.of(a, b) + mean.of(1 - a, 1 - b)).isCloseTo(1, within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, Double.NaN, Double.POSITIVE_INFINITY})
  void weightsWithoutMeaningAreRefused(double weight) {
    assertThatThrownBy(() -> mean(Map.of("prolong", weight)))
        .hasMessageContaining("The weight of scorer prolong must be a finite number other than 0");
  }

  @Test
  void aCutKeepsTheMiddle() {
    QuantileCut middle = new QuantileCut(0.2, 0.8);

    assertThat(middle.keeps(0.15)).isFalse();
    assertThat(middle.keeps(0.25)).isTrue();
    assertThat(middle.keeps(0.85)).isFalse();
    assertThat(new QuantileCut(0, 1).keepsAll()).isTrue();
    assertThatThrownBy(() -> new QuantileCut(0.8, 0.2)).hasMessageContaining("from 0.8 to 0.2");
  }

  private static RankMean mean(Map<String, Double> weights) {
    return new RankMean(new TreeMap<>(weights));
  }
}
