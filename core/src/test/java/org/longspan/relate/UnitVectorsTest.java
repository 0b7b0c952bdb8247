package org.longspan.relate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class UnitVectorsTest {
  @Test
  void vectorsAreScaledToLengthOne() {
    UnitVectors vectors =
        UnitVectors.ofDimension(2).add(new float[] {3, 4}).add(new float[] {-30, 0}).build();

    assertThat(vectors.size()).isEqualTo(2);
    assertThat(vectors.dimension()).isEqualTo(2);
    assertThat(vectors.vector(0)).containsExactly(0.6f, 0.8f);
    assertThat(vectors.vector(1)).containsExactly(-1, 0);
    assertThat(vectors.dot(0, 1)).isCloseTo(-0.6f, within(1e-7f));
  }

  /** 2^20 components are a chunk, so two thousand vectors of 1,001 take two. */
  @Test
  void vectorsOfLaterChunksAreFound() {
    UnitVectors.Builder builder = UnitVectors.ofDimension(1001);
    for (int i = 0; i < 2000; i++) {
      float[] vector = new float[1001];
      vector[i % 1001] = 1 + i;
      builder.add(vector);
    }

    UnitVectors vectors = builder.build();

    assertThat(vectors.vector(1999)[1999 - 1001]).isEqualTo(1);
    assertThat(vectors.dot(1999, 1999 - 1001)).isEqualTo(1);
    assertThat(vectors.dot(1999, 1998)).isZero();
  }

  @Test
  void theSmallestAndLargestNumbersHaveADirectionToo() {
    UnitVectors vectors =
        UnitVectors.ofDimension(2)
            .add(new float[] {Float.MIN_VALUE, 0})
            .add(new float[] {Float.MAX_VALUE, Float.MAX_VALUE})
            .build();

    assertThat(vectors.vector(0)).containsExactly(1, 0);
    assertThat(vectors.vector(1)[1]).isCloseTo((float) Math.sqrt(0.5), within(1e-6f));
  }

  @Test
  void whatHasNoDirectionIsRefusedByItsNumber() {
    UnitVectors.Builder vectors = UnitVectors.ofDimension(3).add(new float[] {1, 2, 3});

    assertThatThrownBy(() -> vectors.add(new float[] {1, 2}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Vector 1 has 2 components, and 3 are expected: embed all documents with the same model.");
    assertThatThrownBy(() -> vectors.add(new float[] {1, Float.NaN, 2}))
        .hasMessage("Vector 1 has NaN as component 1: embed its document again, or leave it out.");
    assertThatThrownBy(() -> vectors.add(new float[] {Float.NEGATIVE_INFINITY, 0, 2}))
        .hasMessageContaining("Vector 1 has -Infinity as component 0");
    assertThatThrownBy(() -> vectors.add(new float[3]))
        .hasMessage(
            "Vector 1 is zero and so has no direction: embed its document again, or leave it out.");
    assertThat(vectors.build().size()).isEqualTo(1);
  }

  @Test
  void aDimensionIsPositive() {
    assertThatThrownBy(() -> UnitVectors.ofDimension(0)).hasMessageContaining("not 0");
  }
}
