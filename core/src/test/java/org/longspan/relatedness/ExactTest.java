package org.longspan.relatedness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ExactTest {
  @Test
  void rareBucketsOfTheTailWeighMore() {
    double[] weights = Exact.published(8).weights(Exposure.of(5_000, 300, 100));

    assertThat(weights[0]).isEqualTo(1);
    assertThat(weights[1]).isCloseTo(1.126795, within(1e-6));
    assertThat(weights[2]).isCloseTo(1.219615, within(1e-6));
    assertThat(weights[3]).isEqualTo(1);
  }

  @Property
  void theTailGainsAlpha(
      @ForAll @Size(min = 3, max = 12) List<@LongRange(min = 1, max = 1_000_000) Long> tokens) {
    Exposure exposure = Exposure.of(tokens.stream().mapToLong(Long::longValue).toArray());
    double[] weights = Exact.published(16).weights(exposure);

    double tail = tokens.stream().skip(2).mapToLong(Long::longValue).sum();
    double gained = 0;
    for (int b = 2; b < tokens.size(); b++) {
      gained += tokens.get(b) / tail * (weights[b] - 1);
    }

    assertThat(gained).isCloseTo(Exact.PUBLISHED_ALPHA, within(1e-12));
  }

  @Test
  void aTokenHasTheWeightOfWhatItSeesInItsPart() {
    double[] weights = new double[Exposure.BUCKETS];
    weights[0] = 1;
    weights[1] = 2;

    assertThat(Exact.ofRow(weights, List.of(10, 3), List.of(9, 2, 2)))
        .containsExactly(1, 1, 1, 1, 1, 1, 1, 1, 2, 0, 0, 1, 1);
  }

  @Test
  void withoutATailAllTokensWeighAlike() {
    assertThat(Exact.published(1_024).weights(Exposure.of(100, 50))).containsOnly(1);
  }

  @Test
  void aTailBeginsWhereABucketDoes() {
    assertThatThrownBy(() -> Exact.published(1_000))
        .hasMessage(
            "EXACT's tail begins with a context of 0 tokens, or of a power of two from 8, not of 1000.");
  }
}
