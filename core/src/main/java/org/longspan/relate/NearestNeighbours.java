package org.longspan.relate;

import java.util.Arrays;

/**
 * The k nearest neighbours of every one of some vectors among the others, by cosine.
 *
 * <p>Memory: 8 k + 4 bytes a vector.
 */
public final class NearestNeighbours {
  /** Up to here the exhaustive search takes at most a minute at 384 components. */
  static final int EXACT_UP_TO = 20_000;

  private final int k;
  private final int[] counts;
  private final int[] ids;
  private final float[] similarities;

  NearestNeighbours(int k, int[] counts, int[] ids, float[] similarities) {
    this.k = k;
    this.counts = counts;
    this.ids = ids;
    this.similarities = similarities;
  }

  /**
   * Searches exhaustively up to {@value #EXACT_UP_TO} vectors, and by {@link InvertedLists} beyond.
   *
   * @param k neighbours of each vector, at least 1; there are fewer where there are fewer vectors
   * @param seed the run's seed
   */
  public static NearestNeighbours among(UnitVectors vectors, int k, long seed) {
    NeighbourSearch search =
        vectors.size() <= EXACT_UP_TO
            ? new ExactNeighbours()
            : InvertedLists.forSize(vectors.size(), seed);
    return search.among(vectors, k);
  }

  /** How many vectors there are. */
  public int size() {
    return counts.length;
  }

  /** The neighbours of one, itself not among them. */
  public Neighbours of(int number) {
    int from = number * k;
    int to = from + counts[number];
    return new Neighbours(
        Arrays.copyOfRange(ids, from, to), Arrays.copyOfRange(similarities, from, to));
  }
}
