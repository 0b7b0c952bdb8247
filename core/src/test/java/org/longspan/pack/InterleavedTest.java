package org.longspan.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class InterleavedTest {
  private static final Edges PAIRS =
      Corpora.edges(new int[] {2}, new int[] {3}, new int[] {0}, new int[] {1});

  @Test
  void piecesOfSimilarDocumentsAlternate() {
    Layout layout = pack(8, new Interleaved.Options(2, 2), Corpora.slice(4, 4, 4, 4));

    assertThat(layout.rows())
        .allSatisfy(
            row -> {
              int one = row.items().get(0).document();
              int other = (one + 2) % 4;
              assertThat(row.items())
                  .containsExactly(
                      new Item(one, 0, 0, 2),
                      new Item(other, 0, 0, 2),
                      new Item(one, 0, 2, 4),
                      new Item(other, 0, 2, 4));
              assertThat(row.relatedness()).isEqualTo(0.5);
            });
  }

  @Test
  void aDocumentOfFewerTokensHasFewerPieces() {
    Layout layout = pack(16, new Interleaved.Options(4, 8), Corpora.slice(1, 1, 13, 1));

    assertThat(layout.rows().get(0).items()).filteredOn(item -> item.document() == 2).hasSize(8);
    assertThat(layout.rows().get(0).items()).hasSize(11);
  }

  @Test
  void oneDocumentInOnePieceIsTheWalkItself() {
    Layout layout = pack(4, new Interleaved.Options(1, 1), Corpora.ones(4));

    List<Integer> walk = layout.rows().get(0).items().stream().map(Item::document).toList();
    assertThat(walk.get(1)).isEqualTo((walk.get(0) + 2) % 4);
    assertThat(walk.get(3)).isEqualTo((walk.get(2) + 2) % 4);
  }

  @Test
  void noDocumentIsRefused() {
    assertThatThrownBy(() -> new Interleaved.Options(0, 2)).hasMessageContaining("not 0 in 2");
  }

  private static Layout pack(int sequenceLength, Interleaved.Options options, Slice slice) {
    return new Interleaved(sequenceLength, options).pack(slice, PAIRS, 1);
  }
}
