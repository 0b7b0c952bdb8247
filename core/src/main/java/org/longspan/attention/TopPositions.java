package org.longspan.attention;

/**
 * Where each head looks most from the last tokens of a window: {@code [layer][query][head][k]},
 * positions in the window, the one with the highest weight first. Of equal weights any comes first;
 * -1 where a query sees fewer than k tokens of the window.
 *
 * @param queries the last tokens of a window, so many of them
 * @param positions k
 */
public record TopPositions(int queries, int positions) implements AttentionView<int[][][][]> {
  public TopPositions {
    if (queries < 1 || positions < 1) {
      throw new IllegalArgumentException(
          "%d positions of %d queries cannot be read: both must be at least 1."
              .formatted(positions, queries));
    }
  }
}
