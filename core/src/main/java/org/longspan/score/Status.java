package org.longspan.score;

import java.util.Locale;

/** Whether a document has a score, and if not, why. */
public enum Status {
  /** The document has a score. */
  SCORED,
  /** The document has too few tokens for the method to say anything. */
  TOO_SHORT,
  /** The measurement or the arithmetic failed; the error says how. */
  FAILED;

  /** The name in the {@code scores} table: {@code scored}, {@code too-short}, {@code failed}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
