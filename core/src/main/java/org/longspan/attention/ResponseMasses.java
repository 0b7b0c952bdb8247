package org.longspan.attention;

/**
 * Attention from the last tokens of a window, its response, to segments of the tokens before them:
 * {@code [layer][segment]}, summed over a segment's keys, averaged over queries and heads. Tokens
 * before the response that fill no segment are left out, at the end.
 *
 * @param response tokens of the response
 * @param segment tokens of a segment
 * @param heads which heads are read
 */
public record ResponseMasses(int response, int segment, Heads heads)
    implements AttentionView<double[][]> {
  public ResponseMasses {
    if (response < 1 || segment < 1) {
      throw new IllegalArgumentException(
          "A response of %d tokens and segments of %d cannot be read: both must be at least 1."
              .formatted(response, segment));
    }
  }
}
