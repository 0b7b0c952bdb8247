package org.longspan.score;

import org.longspan.context.ContextWindow;
import org.longspan.context.ContextWindows;
import org.longspan.context.Contexts;
import org.longspan.context.WholePrefix;

/**
 * The tokens that are predicted both after a short context and after the whole prefix.
 *
 * @param shortContext what the short context is, and of which tokens
 */
record Contrast(Contexts shortContext) {
  private static final WholePrefix WHOLE = new WholePrefix();

  /** Takes both losses of a token. */
  interface Visitor {
    void visit(double shortLoss, double longLoss);
  }

  /** Takes both losses of a token, and its index in the document. */
  interface PlacedVisitor {
    void visit(int token, double shortLoss, double longLoss);
  }

  /** Visits the tokens that count, in order. */
  void each(ContextWindows measured, Visitor visitor) {
    eachPlaced(measured, (token, shortLoss, longLoss) -> visitor.visit(shortLoss, longLoss));
  }

  /** Visits the tokens that count, in order, with their places. */
  void eachPlaced(ContextWindows measured, PlacedVisitor visitor) {
    for (ContextWindow window : measured.windows()) {
      float[] longLosses = window.losses(WHOLE);
      float[] shortLosses = window.losses(shortContext);

      for (int t = 0; t < longLosses.length; t++) {
        if (!Float.isNaN(shortLosses[t])) {
          visitor.visit(window.start() + t, shortLosses[t], longLosses[t]);
        }
      }
    }
  }

  /** The score of a document in which there is nothing to visit. */
  Score nothing(ContextWindows measured) {
    return Score.tooShort(
        "None of the document's %d tokens is measured under a short context."
            .formatted(measured.documentTokens()));
  }
}
