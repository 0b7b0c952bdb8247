package org.longspan.context;

import java.io.Serializable;
import java.util.Arrays;

/**
 * The response of a window, its last tokens, alone and after one segment of the tokens before it:
 * what a segment lowers the response's loss by when nothing else stands before it.
 *
 * <p>Tokens before the response that fill no segment are left out, at its side. Cost: a pass of a
 * segment and the response for each segment, and one of the response.
 *
 * @param response tokens of the response, at least 2, as nothing predicts its first one alone
 * @param segment tokens of a segment
 */
public record ResponsePairs(int response, int segment) implements Serializable {
  public ResponsePairs {
    if (response < 2 || segment < 1) {
      throw new IllegalArgumentException(
          "A response of %d tokens cannot be compared after segments of %d: it needs at least 2, and they at least 1."
              .formatted(response, segment));
    }
  }

  /** Segments of a window. */
  public int segments(int windowTokens) {
    return Math.max(0, windowTokens - response) / segment;
  }

  /** Passes over a window that has a segment. */
  public int passes(int windowTokens) {
    return segments(windowTokens) + 1;
  }

  /** Tokens of all passes over a window that has a segment. */
  public long tokens(int windowTokens) {
    return (long) segments(windowTokens) * segment + (long) passes(windowTokens) * response;
  }

  /** The response by itself. */
  public int[] alone(int[] window) {
    return Arrays.copyOfRange(window, window.length - response, window.length);
  }

  /** A segment, from 0, and the response behind it. */
  public int[] after(int[] window, int number) {
    int[] row = Arrays.copyOfRange(window, number * segment, (number + 1) * segment + response);
    System.arraycopy(window, window.length - response, row, segment, response);
    return row;
  }
}
