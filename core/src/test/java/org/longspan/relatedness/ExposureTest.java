package org.longspan.relatedness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ExposureTest {
  @Test
  void bucketsDoubleFromEightOn() {
    assertThat(List.of(0, 7, 8, 15, 16, 31, 32, 1024, 2047, 2048))
        .extracting(Exposure::bucket)
        .containsExactly(0, 0, 1, 1, 2, 2, 3, 8, 8, 9);
    assertThat(Exposure.atLeast(0)).isZero();
    assertThat(Exposure.atLeast(8)).isEqualTo(1024);
    assertThat(Exposure.bucket(Integer.MAX_VALUE)).isEqualTo(Exposure.BUCKETS - 1);
  }

  @Test
  void everyPartBeginsWithoutContext() {
    Exposure masked = Exposure.ofRow(List.of(20, 12), null);
    Exposure unmasked = Exposure.ofRow(List.of(32), null);

    assertThat(List.of(masked.tokens(0), masked.tokens(1), masked.tokens(2)))
        .containsExactly(16L, 12L, 4L);
    assertThat(List.of(unmasked.tokens(0), unmasked.tokens(1), unmasked.tokens(2)))
        .containsExactly(8L, 8L, 16L);
  }

  @Test
  void tokensThatAreNotTrainedCountAsContextOnly() {
    Exposure exposure = Exposure.ofRow(List.of(40), List.of(0, 30, 10));

    assertThat(exposure.total()).isEqualTo(10);
    assertThat(exposure.tokens(2)).isEqualTo(2);
    assertThat(exposure.tokens(3)).isEqualTo(8);
  }

  @Test
  void oneDocumentThatFillsTheWindowHasAllButTauTokensInTheTail() {
    Exposure exposure = Exposure.ofRow(List.of(16_384), null);

    assertThat(exposure.shareFrom(Exposure.bucket(4_096))).isEqualTo((16_384 - 4_096) / 16_384.0);
  }

  @Test
  void runsThatDoNotCoverTheRowAreRefused() {
    assertThatThrownBy(() -> Exposure.ofRow(List.of(40), List.of(30, 5)))
        .hasMessage("The loss runs [30, 5] are not as long as the row of 40 tokens.");
  }

  @Property
  void isTheSameAsCountingTokenByToken(
      @ForAll @Size(min = 1, max = 6) List<@IntRange(max = 70) Integer> parts,
      @ForAll @Size(max = 4) List<@IntRange(max = 60) Integer> cuts) {
    int length = parts.stream().mapToInt(Integer::intValue).sum();
    int[] left = {length};
    List<Integer> runs =
        new ArrayList<>(
            cuts.stream().map(cut -> Math.min(cut, left[0])).peek(cut -> left[0] -= cut).toList());
    runs.add(left[0]);

    Exposure exposure = Exposure.ofRow(parts, runs);

    long[] counted = new long[Exposure.BUCKETS];
    int position = 0;
    for (int part : parts) {
      for (int context = 0; context < part; context++) {
        if (trained(runs, position++)) {
          counted[Exposure.bucket(context)]++;
        }
      }
    }

    for (int b = 0; b < Exposure.BUCKETS; b++) {
      assertThat(exposure.tokens(b)).isEqualTo(counted[b]);
    }
  }

  private static boolean trained(List<Integer> runs, int position) {
    int end = 0;
    for (int run = 0; run < runs.size(); run++) {
      end += runs.get(run);
      if (position < end) {
        return run % 2 == 0;
      }
    }

    throw new AssertionError("There is no token " + position);
  }
}
