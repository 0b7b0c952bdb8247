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

    for (int d = 0; d < neighbours.length; d++) {
      if (neighbours[d].length != similarities[d].length) {
        throw new IllegalArgumentException(
            "Document %d of the slice has %d neighbours but %d similarities."
                .formatted(d, neighbours[d].length, similarities[d].length));
      }
    }
  }

  /** No edges between {@code documents} documents. */
  public static Edges none(int documents) {
    return new Edges(new int[documents][0], new double[documents][0]);
  }

  /** Documents of the slice. */
  public int size() {
    return neighbours.length;
  }
}
