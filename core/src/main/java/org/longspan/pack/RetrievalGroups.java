package org.longspan.pack;

import java.util.ArrayList;
import java.util.List;

/**
 * A query and what was retrieved for it, of Bootstrap Your Own Context Length, arXiv 2412.18860: a
 * document and, behind it, its retrieved documents in the order of retrieval, one such group a row.
 *
 * <p>There a model writes the query; here a document is one, in an order of chance, and retrieves
 * what is still unused. Only groups that fill a row are laid: so each document needs as many
 * neighbours as have L tokens together. The documents of a smaller group stay for others, and go to
 * {@link Layout#rest()} in the end, as does the tail of the document that a row's end cuts. Long
 * documents and copies are as {@link RelatedPacker} says.
 *
 * <p>Cost: O(n log n + edges) for n copies.
 */
public final class RetrievalGroups extends RelatedPacker {
  static final String NAME = "retrieval-groups";

  /**
   * @param sequenceLength L, tokens of every row, at least 1
   */
  RetrievalGroups(int sequenceLength) {
    super(NAME, sequenceLength);
  }

  @Override
  Layout layOut(DocumentGraph graph, long seed) {
    List<Layout.Row> rows = new ArrayList<>();
    List<Item> rest = new ArrayList<>();
    int[] queries = graph.byChance(seed, "retrieval-groups query");
    Unused unused = new Unused(queries);
    for (int query : queries) {
      List<Integer> group = group(graph, unused, query);
      Layout laid = graph.joined(group.stream().map(graph::item).toList(), sequenceLength);
      if (!laid.rows().isEmpty()) {
        group.forEach(unused::take);
        rows.addAll(laid.rows());
        rest.addAll(laid.rest());
      }
    }

    rest.addAll(unused.items(graph));
    return new Layout(rows, rest);
  }

  /** The query and its unused neighbours until they have L tokens; nothing of a used query. */
  private List<Integer> group(DocumentGraph graph, Unused unused, int query) {
    List<Integer> group = new ArrayList<>();
    if (unused.has(query)) {
      group.add(query);
      long tokens = graph.length(query);
      for (int neighbour : graph.neighbours(query)) {
        if (tokens < sequenceLength && unused.has(neighbour)) {
          group.add(neighbour);
          tokens += graph.length(neighbour);
        }
      }
    }

    return group;
  }
}
