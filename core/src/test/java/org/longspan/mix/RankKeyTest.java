package org.longspan.mix;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class RankKeyTest {
  @Property
  void higherScoresComeFirstWhateverTheHash(
      @ForAll float one, @ForAll float other, @ForAll long hash, @ForAll long otherHash) {
    if (one > other) {
      assertThat(RankKey.scored(one, hash)).isLessThan(RankKey.scored(other, otherHash));
    }
  }

  @Property
  void documentsWithoutScoreComeLast(@ForAll float score, @ForAll long hash, @ForAll long other) {
    assertThat(RankKey.scored(score, hash)).isLessThan(RankKey.unscored(other));
  }

  @Property
  void equalScoresAreOrderedByHash(@ForAll float score, @ForAll long hash, @ForAll long other) {
    if (Long.compareUnsigned(hash >>> 33, other >>> 33) < 0) {
      assertThat(RankKey.scored(score, hash)).isLessThan(RankKey.scored(score, other));
      assertThat(RankKey.unscored(hash)).isLessThan(RankKey.unscored(other));
    }
  }

  @Property
  void keysAreNeverNegative(@ForAll double score, @ForAll long hash) {
    assertThat(RankKey.scored(score, hash)).isNotNegative();
    assertThat(RankKey.unscored(hash)).isNotNegative();
  }

  @Test
  void oddScoresHaveAPlace() {
    assertThat(RankKey.scored(Double.POSITIVE_INFINITY, -1))
        .isLessThan(RankKey.scored(Float.MAX_VALUE, 0));
    assertThat(RankKey.scored(Double.NEGATIVE_INFINITY, -1)).isLessThan(RankKey.unscored(0));
    assertThat(RankKey.scored(-0.0, 7)).isEqualTo(RankKey.scored(0.0, 7));
    assertThat(RankKey.scored(Double.NaN, 7)).isEqualTo(RankKey.unscored(7));
  }
}
