package org.longspan.gradient;

import java.util.List;

/**
 * What was measured of one document by steps of gradient descent.
 *
 * @param documentTokens tokens of the whole document
 * @param plan which phrases were compared
 * @param windows what was read of it, in its order, without overlap
 */
public record SteppedWindows(int documentTokens, PhrasePlan plan, List<SteppedWindow> windows) {
  public SteppedWindows {
    windows = List.copyOf(windows);
  }
}
