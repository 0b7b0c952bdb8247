package org.longspan.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class PMixTest {
  private static final int LONG = 100;

  @Test
  void everyRowBeginsWithAShortDocument() {
    Slice slice = shortAndLong(400, 100);

    Layout layout = pack(slice, new PMix.Options(LONG, 0.4));

    assertThat(layout.rows())
        .isNotEmpty()
        .allSatisfy(
            row -> assertThat(slice.lengths()[row.items().get(0).document()]).isLessThan(LONG));
  }

  @Test
  void behindTheFirstDocumentALongOneHasTheChanceP() {
    Slice slice = shortAndLong(4000, 2000);

    // While both kinds last.
    double[] isLong =
        pack(slice, new PMix.Options(LONG, 0.4)).rows().stream()
            .limit(100)
            .flatMap(row -> row.items().stream().skip(1))
            .mapToDouble(item -> slice.lengths()[item.document()] >= LONG ? 1 : 0)
            .toArray();

    double deviation = Math.sqrt(0.4 * 0.6 / isLong.length);
    assertThat(Arrays.stream(isLong).average().orElseThrow())
        .isCloseTo(0.4, Offset.offset(4 * deviation));
  }

  @Test
  void whereOneKindIsUsedUpTheOtherGoesOn() {
    assertThat(pack(shortAndLong(0, 30), new PMix.Options(LONG, 0.4)).rows()).hasSize(3);
    assertThat(pack(shortAndLong(300, 0), new PMix.Options(LONG, 1)).rows()).hasSize(3);
  }

  @Test
  void aChanceAboveOneIsRefused() {
    assertThatThrownBy(() -> new PMix.Options(8, 1.5)).hasMessageContaining("1.5");
  }

  private static Layout pack(Slice slice, PMix.Options options) {
    return new PMix(1000, options).pack(slice, Edges.none(slice.size()), 3);
  }

  /** Documents of 10 tokens and of 100. */
  private static Slice shortAndLong(int shorts, int longs) {
    int[] lengths = new int[shorts + longs];
    Arrays.fill(lengths, 0, shorts, 10);
    Arrays.fill(lengths, shorts, lengths.length, LONG);
    String[] ids = new String[lengths.length];
    Arrays.setAll(ids, "d%06d"::formatted);
    int[] once = new int[lengths.length];
    Arrays.fill(once, 1);
    return new Slice(ids, lengths, once);
  }
}
