package org.longspan.pack;

/**
 * Neighbours of the documents of a slice, best first, as indexes into the slice.
 *
 * @param neighbours for each document its neighbours, the most similar first; empty where none
 * @param similarities the similarity of each neighbour, in the same order
 */
public record Edges(int[][] neighbours, double[][] similarities) {
  public Edges {
    if (neighbours.length != similarities.length) {
      throw new IllegalArgumentException(
          "There are neighbours of %d documents but similarities of %d."
              .formatted(neighbours.length, similarities.length));
    }
  }

  /** No edges between {@code documents} documents. */
  public static Edges none(int documents) {
    return new Edges(new int[documents][0], new double[documents][0]);
  }
}
