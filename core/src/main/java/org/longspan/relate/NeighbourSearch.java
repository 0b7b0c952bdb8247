package org.longspan.relate;

/**
 * A way to find the nearest neighbours of all vectors among themselves. The result depends on the
 * vectors, their order and the search's own parameters alone.
 */
public sealed interface NeighbourSearch permits ExactNeighbours, InvertedLists {
  /**
   * Finds the neighbours of every vector, on the thread that calls.
   *
   * @param k neighbours of each, at least 1
   */
  NearestNeighbours among(UnitVectors vectors, int k);
}
