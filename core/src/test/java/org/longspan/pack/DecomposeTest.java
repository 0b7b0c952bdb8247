package org.longspan.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DecomposeTest {
  /** 5000 tokens of the code's example: 4097, 513, 257, and 133 are left. */
  @Test
  void aDocumentBecomesRowsOfItsPiecesAndATail() {
    Layout layout =
        pack(options(DatasetDecomposition.Unit.POWER_AND_NEXT, Decompose.Tail.DROP), 5000);

    assertThat(layout.rows()).extracting(Layout.Row::room).containsExactly(4097, 513, 257);
    assertThat(layout.rows()).allMatch(Layout.Row::isFull);
    assertThat(layout.drops())
        .containsExactly(new Layout.Drop(new Item(0, 0, 4867, 5000), Decompose.TAIL));
  }

  @Test
  void aDocumentShorterThanTheSmallestPieceIsDroppedWhole() {
    Layout layout = pack(options(DatasetDecomposition.Unit.POWER, Decompose.Tail.DROP), 255);

    assertThat(layout.rows()).isEmpty();
    assertThat(layout.drops())
        .containsExactly(new Layout.Drop(new Item(0, 0, 0, 255), Decompose.TOO_SHORT));
  }

  @Test
  void tailsThatAreKeptAreLeftForTheNextPacker() {
    Layout layout = pack(options(DatasetDecomposition.Unit.POWER, Decompose.Tail.PACK), 300, 20);

    assertThat(layout.rest()).containsExactly(new Item(0, 0, 256, 300), new Item(1, 0, 0, 20));
    assertThat(layout.drops()).isEmpty();
  }

  @Test
  void lengthsThatAreNoPowersOfTwoAreRefused() {
    assertThatThrownBy(() -> new Decompose(10_000, Decompose.Options.PUBLISHED))
        .hasMessageContaining("10,000 tokens are none; the next ones are 8,192 and 16,384");
  }

  private static Decompose.Options options(DatasetDecomposition.Unit unit, Decompose.Tail tail) {
    return new Decompose.Options(unit, 256, DatasetDecomposition.Overlong.LONGEST, tail);
  }

  private static Layout pack(Decompose.Options options, int... lengths) {
    return new Decompose(8192, options).pack(Corpora.slice(lengths), Edges.none(lengths.length), 1);
  }
}
