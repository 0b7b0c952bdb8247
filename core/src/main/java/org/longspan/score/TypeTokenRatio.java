package org.longspan.score;

import java.util.BitSet;
import org.longspan.context.ContextWindow;

/** Counts the distinct ids among the tokens that count. */
final class TypeTokenRatio {
  private final BitSet types = new BitSet();
  private long tokens;

  /** Counts a window's tokens from to to - 1. */
  TypeTokenRatio add(ContextWindow window, int from, int to) {
    for (int t = from; t < to; t++) {
      if (window.counts(t)) {
        types.set(window.tokens()[t]);
        tokens++;
      }
    }

    return this;
  }

  /** Distinct ids among all; NaN of none. */
  double value() {
    return (double) types.cardinality() / tokens;
  }
}
