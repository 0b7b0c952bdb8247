package org.longspan.mix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LengthBucketTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0-127",
    "127, 0-127",
    "128, 128-255",
    "4095, 2048-4095",
    "4096, 4096-8191",
    "2147483647, 1073741824-2147483647"
  })
  void bucketsDouble(int tokens, String label) {
    assertThat(LengthBucket.of(tokens).label()).isEqualTo(label);
  }

  @Property
  void labelsNameTheBucketThatHoldsTheLength(@ForAll @IntRange(min = 0) int tokens) {
    LengthBucket bucket = LengthBucket.parse(LengthBucket.of(tokens).label());
    assertThat(tokens).isBetween(bucket.from(), bucket.to());
  }

  @ParameterizedTest
  @CsvSource({"5000-8191", "4096", "''", "-5", "a-b"})
  void otherLabelsAreRefused(String label) {
    assertThatThrownBy(() -> LengthBucket.parse(label)).hasMessageContaining("\"" + label + "\"");
  }

  @Test
  void negativeLengthsAreRefused() {
    assertThatThrownBy(() -> LengthBucket.of(-1)).hasMessageContaining("-1 tokens");
  }
}
