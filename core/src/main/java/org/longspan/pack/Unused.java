package org.longspan.pack;

import java.util.List;
import java.util.stream.IntStream;

/** The documents that a walk has not used yet, in the order in which it begins anew. */
final class Unused {
  private final int[] order;
  private final boolean[] used;
  private int next;

  /**
   * @param order all nodes of a graph
   */
  Unused(int[] order) {
    this.order = order;
    this.used = new boolean[order.length];
  }

  boolean has(int node) {
    return !used[node];
  }

  void take(int node) {
    used[node] = true;
  }

  /** The first in the order, or -1 when all are used. */
  int first() {
    while (next < order.length && used[order[next]]) {
      next++;
    }

    return next < order.length ? order[next] : -1;
  }

  /** The best neighbour of a document, or -1 when all of them are used. */
  int nearest(DocumentGraph graph, int node) {
    for (int neighbour : graph.neighbours(node)) {
      if (!used[neighbour]) {
        return neighbour;
      }
    }

    return -1;
  }

  /** What is left, in the order of doc_id. */
  List<Item> items(DocumentGraph graph) {
    return IntStream.range(0, used.length).filter(this::has).mapToObj(graph::item).toList();
  }
}
