package org.longspan.pack;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * How the packers of related documents begin. Copies are laid out in {@link Rounds}, so that no row
 * holds two of a document. A document of L tokens or more fills rows of its own with its leading
 * whole pieces of L, of relatedness 1; only the piece behind them, shorter than L, is laid out
 * among its neighbours.
 */
final class RelatedRounds {
  private RelatedRounds() {}

  /**
   * @param sequenceLength L, tokens of every row
   * @param round lays out the documents of one round, each shorter than L
   */
  static Layout layOut(
      Slice documents, Edges edges, int sequenceLength, Function<DocumentGraph, Layout> round) {
    if (edges.size() != documents.size()) {
      throw new IllegalArgumentException(
          "The slice has %d documents but there are edges of %d."
              .formatted(documents.size(), edges.size()));
    }

    List<Layout.Row> rows = new ArrayList<>();
    List<Item> rest = new ArrayList<>();
    for (List<Item> copies : Rounds.of(documents.items())) {
      List<Item> shorter = new ArrayList<>();
      for (Item copy : copies) {
        for (Item piece : copy.pieces(sequenceLength)) {
          if (piece.length() == sequenceLength) {
            rows.add(new Layout.Row(List.of(piece), 1, sequenceLength));
          } else {
            shorter.add(piece);
          }
        }
      }

      Layout layout = round.apply(DocumentGraph.of(documents, edges, shorter));
      rows.addAll(layout.rows());
      rest.addAll(layout.rest());
    }

    return new Layout(rows, rest);
  }
}
