package org.longspan.relatedness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZipfCoefficientTest {
  @ParameterizedTest
  @ValueSource(doubles = {0.8, 1, 1.5})
  void findsTheExponentOfAnExactSample(double exponent) {
    assertThat(ZipfCoefficient.of(zipf(exponent, 300)).orElseThrow())
        .isCloseTo(exponent, within(0.01));
  }

  @Test
  void tokensOfOneFrequencyAreFlat() {
    assertThat(ZipfCoefficient.of(new int[] {3, 1, 2, 2, 3, 1}).orElseThrow()).isZero();
  }

  @Test
  void twoFrequenciesGiveTheLineThroughBoth() {
    assertThat(ZipfCoefficient.of(new int[] {7, 7, 7, 7, 9}).orElseThrow())
        .isCloseTo(2, within(1e-12));
  }

  @Test
  void oneTokenHasNoSlope() {
    assertThat(ZipfCoefficient.of(new int[] {5, 5, 5})).isEmpty();
    assertThat(ZipfCoefficient.of(new int[0])).isEmpty();
  }

  @Test
  void ranksBehindTheFirstThousandsDoNotMatter() {
    int[] common = zipf(1, ZipfCoefficient.RANKS);
    int[] once = IntStream.range(10_000, 12_000).toArray();

    assertThat(
            ZipfCoefficient.of(
                IntStream.concat(IntStream.of(common), IntStream.of(once)).toArray()))
        .isEqualTo(ZipfCoefficient.of(common));
  }

  /** Token r stands there 100,000 / r^s times. */
  private static int[] zipf(double exponent, int ranks) {
    return IntStream.rangeClosed(1, ranks)
        .flatMap(
            rank ->
                IntStream.generate(() -> rank)
                    .limit(Math.round(100_000 / Math.pow(rank, exponent))))
        .toArray();
  }
}
