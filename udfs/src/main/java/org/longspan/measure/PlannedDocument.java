package org.longspan.measure;

import org.longspan.score.PairPlan;

/**
 * A document and what to ask about it.
 *
 * @param tokens ids of the scoring model's tokenizer, the whole document
 * @param plan segments and pairs
 */
public record PlannedDocument(int[] tokens, PairPlan plan) {
  public PlannedDocument {
    for (int start : plan.starts()) {
      if (start < 0 || start > tokens.length - plan.segment()) {
        throw new IllegalArgumentException(
            "A segment of %d tokens at %d does not lie within a document of %d."
                .formatted(plan.segment(), start, tokens.length));
      }
    }
  }
}
