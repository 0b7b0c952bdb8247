package org.longspan.pack;

import java.util.ArrayList;
import java.util.List;

/**
 * A document by chance and its nearest neighbours: the baseline "kNN" of In-Context Pretraining
 * (arXiv 2310.10638) and NExtLong (arXiv 2501.12766).
 *
 * <p>A row begins with a root drawn by chance; all neighbours of the root that are still unused
 * follow, the nearest first, until the row has L tokens. When they are used up a further root
 * continues the row. {@link Splice} goes on from the neighbours to theirs, this packer never does.
 * In the papers a document is retrieved for as many others as it suits, and so repeated; here it is
 * used once.
 *
 * <p>The tail of the document that a row's end cuts goes to {@link Layout#rest()}, and so do the
 * last documents when they fill no row; long documents and copies are as {@link RelatedPacker}
 * says. Cost: O(n log n + edges) for n copies.
 */
public final class Knn extends RelatedPacker {
  static final String NAME = "knn";

  /**
   * @param sequenceLength L, tokens of every row, at least 1
   */
  Knn(int sequenceLength) {
    super(NAME, sequenceLength);
  }

  @Override
  Layout layOut(DocumentGraph graph, long seed) {
    List<Layout.Row> rows = new ArrayList<>();
    List<Item> rest = new ArrayList<>();
    Unused unused = new Unused(graph.byChance(seed, "knn root"));
    while (unused.first() >= 0) {
      RowCutter row = new RowCutter(sequenceLength);
      while (row.rows().isEmpty() && unused.first() >= 0) {
        addGroup(graph, unused, row);
      }

      row.rows().forEach(full -> rows.add(graph.row(full, sequenceLength)));
      rest.addAll(row.open());
    }

    return new Layout(rows, rest);
  }

  /** A root and its neighbours, as many as the row still needs. */
  private static void addGroup(DocumentGraph graph, Unused unused, RowCutter row) {
    int root = unused.first();
    unused.take(root);
    row.add(graph.item(root));
    for (int neighbour : graph.neighbours(root)) {
      if (row.rows().isEmpty() && unused.has(neighbour)) {
        unused.take(neighbour);
        row.add(graph.item(neighbour));
      }
    }
  }
}
