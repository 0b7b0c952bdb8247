package org.longspan.relatedness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.longspan.relatedness.RowSample.Pair;

class RowSampleTest {
  private static final List<String> DOCUMENTS = List.of("a", "b", "b", "c", "a", "d");

  @Test
  void pairsWithinARowAreOfDifferentDocuments() {
    List<Pair> pairs = new RowSample("1", DOCUMENTS, 100, 11).within();

    assertThat(pairs)
        .containsExactlyInAnyOrder(
            new Pair("a", "b"),
            new Pair("a", "c"),
            new Pair("a", "d"),
            new Pair("b", "c"),
            new Pair("b", "d"),
            new Pair("c", "d"));
  }

  @Test
  void adjacentPairsFollowTheRow() {
    assertThat(new RowSample("1", DOCUMENTS, 100, 11).adjacent())
        .containsExactly(
            new Pair("a", "b"), new Pair("b", "c"), new Pair("c", "a"), new Pair("a", "d"));
  }

  @Test
  void noMorePairsAreDrawnThanAsked() {
    RowSample row = new RowSample("1", DOCUMENTS, 2, 11);

    assertThat(row.within()).hasSizeLessThanOrEqualTo(2).isNotEmpty();
    assertThat(row.adjacent()).hasSizeLessThanOrEqualTo(2).isNotEmpty();
    assertThat(row.drawn()).hasSize(4).isSubsetOf(DOCUMENTS);
  }

  @Test
  void aRowOfOneDocumentHasNoPair() {
    RowSample row = new RowSample("1", List.of("a", "a"), 8, 11);

    assertThat(row.within()).isEmpty();
    assertThat(row.adjacent()).isEmpty();
  }

  @Test
  void pairsAcrossRowsMeetEveryOtherRow() {
    List<Pair> pairs =
        RowSample.across(
            List.of(
                List.of("a1", "a2", "a3", "a4"),
                List.of("b1", "b2", "b3", "b4"),
                List.of("c1", "c2", "c3", "c4"),
                List.of()));

    assertThat(pairs)
        .containsExactly(
            new Pair("a1", "b3"),
            new Pair("a2", "c4"),
            new Pair("b1", "c3"),
            new Pair("b2", "a4"),
            new Pair("c1", "a3"),
            new Pair("c2", "b4"));
  }

  @Test
  void oneRowHasNoneAcross() {
    assertThat(RowSample.across(List.of(List.of("a", "b")))).isEmpty();
  }

  @Test
  void mixedRowsAreAsLongAsTheRowsAndHaveNoneOfTheirOwnTokens() {
    List<Integer> lengths = List.of(4_096, 5_000, 700, 2_048);
    MixedRows mixed = new MixedRows(lengths);

    int[] tokens = new int[lengths.size()];
    for (int source = 0; source < lengths.size(); source++) {
      for (MixedRows.Piece piece : mixed.from(source)) {
        assertThat(piece.row()).isNotEqualTo(source);
        assertThat(piece.start()).isBetween(0, piece.end());
        assertThat(piece.end()).isLessThanOrEqualTo(lengths.get(source));
        tokens[piece.row()] += piece.end() - piece.start();
      }
    }

    // The row of 700 gives 324 tokens less than a piece, wherever a piece of it is asked for.
    assertThat(tokens[3]).isEqualTo(2_048);
    assertThat(tokens[2]).isEqualTo(700);
    assertThat(tokens[0]).isEqualTo(4_096 - 324);
  }

  @Test
  void equallyLongRowsGiveEachPieceOnce() {
    MixedRows mixed = new MixedRows(List.of(3_072, 3_072, 3_072, 3_072));

    assertThat(mixed.from(2))
        .extracting(MixedRows.Piece::start)
        .containsExactlyInAnyOrder(0, 1_024, 2_048);
    assertThat(new MixedRows(List.of(3_072)).from(0)).isEmpty();
  }
}
