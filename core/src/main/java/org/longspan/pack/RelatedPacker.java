package org.longspan.pack;

import java.util.ArrayList;
import java.util.List;

/**
 * How packers of related documents begin. Copies are laid out in {@link Rounds}, so that no row
 * holds two of a document. A document of L tokens or more fills rows of its own with its leading
 * whole pieces of L, of relatedness 1; only the piece behind them, shorter than L, is laid out
 * among its neighbours.
 */
abstract class RelatedPacker implements Packer {
  /** L, tokens of every row. */
  final int sequenceLength;

  private final String name;

  /**
   * @param sequenceLength L, tokens of every row, at least 1
   */
  RelatedPacker(String name, int sequenceLength) {
    this.name = name;
    this.sequenceLength = sequenceLength;
  }

  /** Lays out the documents of one round, each shorter than L. */
  abstract Layout layOut(DocumentGraph graph, long seed);

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final boolean relates() {
    return true;
  }

  @Override
  public final Layout pack(Slice documents, Edges edges, long seed) {
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

      Layout layout = layOut(DocumentGraph.of(documents, edges, shorter), seed);
      rows.addAll(layout.rows());
      rest.addAll(layout.rest());
    }

    return new Layout(rows, rest);
  }
}
