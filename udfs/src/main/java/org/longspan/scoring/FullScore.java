package org.longspan.scoring;

import org.longspan.score.Score;

/**
 * A score, and the weights that its scorer gives the document's tokens.
 *
 * @param weights one a token of the document; null where none are wanted or there is no score
 */
public record WeighedScore(Score score, float[] weights) {
  /** A score alone. */
  public static WeighedScore unweighed(Score score) {
    return new WeighedScore(score, null);
  }
}
