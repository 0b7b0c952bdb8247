package org.longspan.context;

import java.util.List;
import java.util.function.Function;

/**
 * What was measured of one document.
 *
 * @param documentTokens tokens of the whole document
 * @param windows what was read of it, in its order; without overlap, unless they are placed
 *     {@linkplain WindowPlan.Placing#ENDS from both ends}
 */
public record ContextWindows(int documentTokens, List<ContextWindow> windows) {
  public ContextWindows {
    windows = List.copyOf(windows);
  }

  /** Tokens that were read. */
  public long tokens() {
    return windows.stream().mapToLong(window -> window.tokens().length).sum();
  }

  /** The same document with changed windows. */
  public ContextWindows map(Function<ContextWindow, ContextWindow> change) {
    return new ContextWindows(documentTokens, windows.stream().map(change).toList());
  }
}
