package org.longspan.retrieve;

import java.util.Iterator;

/** Edges that are in memory, or need nothing that has to be given back. */
final class ListedEdges implements EdgeStream {
  private final Iterator<Edge> edges;

  ListedEdges(Iterator<Edge> edges) {
    this.edges = edges;
  }

  @Override
  public boolean hasNext() {
    return edges.hasNext();
  }

  @Override
  public Edge next() {
    return edges.next();
  }

  @Override
  public void close() {}
}
