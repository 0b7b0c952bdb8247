package org.longspan.pack;

/**
 * A path through all documents: from each to its best unused neighbour, and where there is none on
 * to the first unused one of a given order. O(documents + edges).
 */
final class GreedyWalk {
  private GreedyWalk() {}

  /**
   * @param starts all nodes, in the order in which the walk begins anew
   */
  static int[] path(DocumentGraph graph, int[] starts) {
    Unused unused = new Unused(starts);
    int[] path = new int[starts.length];
    int node = unused.first();
    for (int step = 0; node >= 0; step++) {
      path[step] = node;
      unused.take(node);
      int nearest = unused.nearest(graph, node);
      node = nearest >= 0 ? nearest : unused.first();
    }

    return path;
  }
}
