package org.longspan.context;

/**
 * Short context as LongFilter (arXiv 2510.25804) makes it: windows of {@code window} tokens, each
 * {@code stride} after the one before, the last one moved back to end where the text ends. A token
 * is predicted in the first window that holds it, so after the first window it sees at least {@code
 * window - stride} and at most {@code window - 1} tokens. Cost: window / stride times the text.
 *
 * @param window tokens of a window
 * @param stride tokens between the starts of two windows, at most {@code window}
 */
public record SlidingWindow(int window, int stride) implements Contexts {
  public SlidingWindow {
    if (stride < 1 || window < 2 || stride >= window) {
      throw new IllegalArgumentException(
          "Windows of %d tokens cannot follow each other by %d: the stride must be at least 1 and below the window."
              .formatted(window, stride));
    }
  }

  @Override
  public int start(int token, int tokens) {
    if (token == 0) {
      return NONE;
    }

    int number = token < window ? 0 : (token - window) / stride + 1;
    return start(number, 0L + tokens);
  }

  @Override
  public void plan(int tokens, PassPlan passes) {
    for (int number = 0; ; number++) {
      int start = start(number, 0L + tokens);
      passes.require(start, Math.min(tokens, start + window));

      if (start + window >= tokens) {
        return;
      }
    }
  }

  private int start(int number, long tokens) {
    return (int) Math.max(0, Math.min((long) number * stride, tokens - window));
  }
}
