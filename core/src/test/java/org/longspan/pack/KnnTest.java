package org.longspan.pack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class KnnTest {
  /** 0 knows 1 and 2, and 1 knows 3: no root but 0 has two neighbours. */
  private static final Edges EDGES =
      Corpora.edges(new int[] {1, 2}, new int[] {3}, new int[0], new int[0]);

  @Test
  void theNeighboursOfTheRootFollowItButNotTheirs() {
    assertThat(rowsFrom(0, 4))
        .isNotEmpty()
        .allSatisfy(
            row -> assertThat(row.items()).extracting(Item::document).containsExactly(0, 1, 2, 3));
  }

  @Test
  void anotherRootContinuesARowAndCountsNothing() {
    // 1/2 and 1/3 by edges of 0, and 3 by chance: that 1 knows it counts, as both are in the row.
    assertThat(rowsFrom(0, 4))
        .allSatisfy(row -> assertThat(row.relatedness()).isEqualTo((0.5 + 1 / 3.0 + 0.5) / 3));
    assertThat(rowsFrom(2, 2).stream().filter(row -> row.items().get(1).document() == 3))
        .isNotEmpty()
        .allSatisfy(row -> assertThat(row.relatedness()).isZero());
  }

  @Test
  void theTailOfTheCutDocumentIsLeftOver() {
    Edges pair = Corpora.edges(new int[] {1}, new int[] {0});

    Layout layout = new Knn(8).pack(Corpora.slice(5, 5), pair, 1);

    int last = layout.rows().get(0).items().get(1).document();
    assertThat(layout.rest()).containsExactly(new Item(last, 0, 3, 5));
  }

  /** First rows, over many seeds, that begin with the root. */
  private static List<Layout.Row> rowsFrom(int root, int sequenceLength) {
    return LongStream.range(0, 100)
        .mapToObj(seed -> new Knn(sequenceLength).pack(Corpora.ones(4), EDGES, seed))
        .map(layout -> layout.rows().get(0))
        .filter(row -> row.items().get(0).document() == root)
        .toList();
  }
}
