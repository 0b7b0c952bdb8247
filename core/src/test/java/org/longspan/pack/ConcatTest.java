package org.longspan.pack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConcatTest {
  @Test
  void theStreamIsCutEveryLTokens() {
    Layout layout = pack(Concat.AS_NAMED, Pieces.WHOLE, Corpora.slice(3, 5, 4), 8);

    assertThat(layout.rows())
        .containsExactly(new Layout.Row(List.of(new Item(0, 0, 0, 3), new Item(1, 0, 0, 5)), 0, 8));
    assertThat(layout.rest()).containsExactly(new Item(2, 0, 0, 4));
  }

  @Test
  void aLongDocumentGoesOnInTheNextRow() {
    Layout layout = pack(Concat.AS_NAMED, Pieces.WHOLE, Corpora.slice(3, 20), 8);

    assertThat(layout.rows())
        .containsExactly(
            new Layout.Row(List.of(new Item(0, 0, 0, 3), new Item(1, 0, 0, 5)), 0, 8),
            new Layout.Row(List.of(new Item(1, 0, 5, 13)), 1, 8));
    assertThat(layout.rest()).containsExactly(new Item(1, 0, 13, 20));
  }

  @Test
  void aDocumentThatIsCutComesInPiecesWhoseOrderIsChance() {
    Layout layout = pack(Concat.RANDOM, new Pieces(10), Corpora.slice(200), 50);

    List<Item> items = layout.rows().stream().flatMap(row -> row.items().stream()).toList();
    assertThat(items).hasSize(20).allSatisfy(item -> assertThat(item.length()).isEqualTo(10));
    assertThat(items)
        .extracting(Item::start)
        .isNotEqualTo(items.stream().map(Item::start).sorted().toList());
  }

  @Test
  void anotherSeedGivesAnotherOrder() {
    Slice slice = Corpora.slice(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
    Packer random = new Concat(Concat.RANDOM, 12, Pieces.WHOLE);

    assertThat(random.pack(slice, Edges.none(12), 1))
        .isNotEqualTo(random.pack(slice, Edges.none(12), 2));
  }

  private static Layout pack(String name, Pieces pieces, Slice slice, int sequenceLength) {
    return new Concat(name, sequenceLength, pieces).pack(slice, Edges.none(slice.size()), 5);
  }
}
