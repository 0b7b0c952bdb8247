package org.longspan.context;

/**
 * The windows that LongAttn (arXiv 2502.16860) cuts a document into: full ones off the front and
 * the back in turn, and what is left in the middle by its length.
 *
 * <pre>
 *   while more than 3 windows are left: one off the front, one off the back
 *   more than 2, up to 3: front, middle, back
 *   more than 1, up to 2: front, back
 * </pre>
 *
 * <p>So no token is lost, but the last two or three windows may overlap: their shared tokens are
 * read, and count, once for each window. A document of exactly one window gives that window; the
 * paper's algorithm and its code give none, an off-by-one. A shorter document gives none.
 */
final class EndsWindows {
  private EndsWindows() {}

  /** How many windows a document has: its length in windows, rounded up. */
  static int count(int tokens, int window) {
    return tokens < window ? 0 : (tokens - 1) / window + 1;
  }

  /** The first token of a window, by its number from the front. */
  static int start(int number, int tokens, int window) {
    int count = count(tokens, window);
    int last = count - 1;

    if (count % 2 == 1 && number == last / 2) {
      return (tokens - window) / 2;
    }

    return number <= last / 2
        ? Math.multiplyExact(number, window)
        : tokens - Math.multiplyExact(count - number, window);
  }
}
