package org.longspan.relate;

import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The middles of cells into which {@link SphericalKMeans} has cut a space: directions, all of
 * length 1. A vector belongs to the cell whose middle has the highest cosine with it, of equal ones
 * to the first.
 */
public final class Centroids implements Serializable {
  private static final long serialVersionUID = 1L;

  private final UnitVectors directions;
  private final List<VectorBlock> blocks;

  Centroids(UnitVectors directions) {
    this.directions = directions;
    this.blocks = VectorBlock.of(directions, IntStream.range(0, directions.size()).toArray());
  }

  /** How many there are, at least 1. */
  public int size() {
    return directions.size();
  }

  /** The one nearest to a vector of any length but 0. O(centroids · dimension). */
  public int nearest(float[] vector) {
    return nearest(vector, 1)[0];
  }

  /**
   * The nearest to a vector, the very nearest first.
   *
   * @param most how many, at least 1; all where there are fewer
   * @throws IllegalArgumentException if the vector has another dimension, is zero or not finite
   */
  public int[] nearest(float[] vector, int most) {
    UnitVectors one = UnitVectors.ofDimension(directions.dimension()).add(vector).build();
    return nearest(one, most).of(0).ids();
  }

  /** The nearest to each of many vectors. */
  NearestNeighbours nearest(UnitVectors vectors, int most) {
    NeighbourHeaps heaps = NeighbourHeaps.amongOthers(vectors, Math.min(most, size()));
    heaps.offer(blocks, IntStream.range(0, vectors.size()).toArray());
    return heaps.sorted();
  }

  /** A copy of one of them. */
  public float[] direction(int number) {
    return directions.vector(number);
  }
}
