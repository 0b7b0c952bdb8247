package org.longspan.mix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.longspan.seed.Seeded;

class SoftmaxSamplingTest {
  /** Of two documents the one with a score higher by d comes first with 1 / (1 + e^(-d / T)). */
  @Test
  void oddsAreThoseOfTheSoftmax() {
    SoftmaxSampling order = new SoftmaxSampling(2);
    int draws = 20_000;

    long first =
        IntStream.range(0, draws)
            .filter(
                draw ->
                    order.key(3.0, Seeded.hash(draw, "test", "better"))
                        < order.key(1.0, Seeded.hash(draw, "test", "worse")))
            .count();

    assertThat((double) first / draws).isCloseTo(1 / (1 + Math.exp(-1)), within(0.015));
  }

  @Property
  void aTemperatureNearZeroTakesTheTop(
      @ForAll float one, @ForAll float other, @ForAll long hash, @ForAll long otherHash) {
    if (Math.abs(one) < 1e3 && Math.abs(other) < 1e3 && one > other + 1e-2) {
      SoftmaxSampling order = new SoftmaxSampling(1e-6);
      assertThat(order.key((double) one, hash)).isLessThan(order.key((double) other, otherHash));
    }
  }

  @Property
  void keysAreNeverNegativeAndDocumentsWithoutScoreComeLast(
      @ForAll double score, @ForAll long hash, @ForAll long otherHash) {
    SoftmaxSampling order = new SoftmaxSampling(1);
    assertThat(order.key(score, hash)).isNotNegative().isLessThan(order.key(null, otherHash));
  }

  @Test
  void ordersAreKnownByName() {
    assertThat(RankOrder.named("top", 1)).isEqualTo(new TopScores());
    assertThat(RankOrder.named("softmax", 0.5)).isEqualTo(new SoftmaxSampling(0.5));
    assertThatThrownBy(() -> RankOrder.named("best", 1)).hasMessageContaining("not \"best\"");
    assertThatThrownBy(() -> new SoftmaxSampling(0)).hasMessageContaining("upsample.temperature");
  }
}
