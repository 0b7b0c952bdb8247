package org.longspan.length;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LengthBordersTest {
  private static final LengthBorders DOUBLING = LengthBorders.doubling(7, 20);

  @ParameterizedTest
  @CsvSource({
    "0, 0-127",
    "127, 0-127",
    "128, 128-255",
    "4095, 2048-4095",
    "4096, 4096-8191",
    "2147483647, 1048576-2147483647"
  })
  void bucketsDouble(int tokens, String label) {
    assertThat(DOUBLING.bucket(tokens).label()).isEqualTo(label);
  }

  @Property
  void labelsNameTheBucketThatHoldsTheLength(@ForAll @IntRange(min = 0) int tokens) {
    LengthBucket bucket = DOUBLING.bucket(tokens);

    assertThat(bucket.contains(tokens)).isTrue();
    assertThat(LengthBucket.parse(bucket.label())).isEqualTo(bucket);
    assertThat(DOUBLING.bucket(bucket.from())).isEqualTo(DOUBLING.bucket(bucket.to()));
  }

  @Test
  void bordersBeginABucket() {
    LengthBorders borders = new LengthBorders(List.of(8_192, 32_768));

    assertThat(borders.bucket(8_191).label()).isEqualTo("0-8191");
    assertThat(borders.bucket(8_192).label()).isEqualTo("8192-32767");
    assertThat(borders.bucket(40_000).label()).isEqualTo("32768-2147483647");
    assertThat(new LengthBorders(List.of()).bucket(5).label()).isEqualTo("0-2147483647");
    assertThatThrownBy(() -> new LengthBorders(List.of(5, 5)))
        .hasMessageContaining("must ascend from 1 token on, unlike [5, 5]");
    assertThatThrownBy(() -> borders.bucket(-1)).hasMessageContaining("-1 tokens");
  }

  @Test
  void rangesBecomeWholeBuckets() {
    LengthBucket range = LengthBucket.parse("3000-8191");
    LengthBorders borders = new LengthBorders(List.of(4096)).and(List.of(range));

    assertThat(borders.borders()).containsExactly(3000, 4096, 8192);
    assertThat(borders.inside(range))
        .extracting(LengthBucket::label)
        .containsExactly("3000-4095", "4096-8191");
    assertThat(borders.inside(LengthBucket.atLeast(8192)))
        .extracting(LengthBucket::label)
        .containsExactly("8192-2147483647");
    assertThat(borders.and(List.of(LengthBucket.atLeast(0)))).isEqualTo(borders);
  }

  @Test
  void aRangeWithoutAnEndReachesToTheLongest() {
    assertThat(LengthBucket.parse("65536-")).isEqualTo(LengthBucket.atLeast(65_536));
    assertThat(LengthBucket.below(5)).isEqualTo(LengthBucket.parse("0-4"));
  }

  @ParameterizedTest
  @CsvSource({"8191-5000", "4096", "''", "-5", "a-b", "0-99999999999", "0-2147483648"})
  void otherLabelsAreRefused(String label) {
    assertThatThrownBy(() -> LengthBucket.parse(label)).hasMessageContaining("\"" + label + "\"");
  }
}
