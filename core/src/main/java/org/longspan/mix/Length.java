package org.longspan.mix;

import java.util.Locale;

/** The two kinds of documents whose shares a length target is about. */
public enum Length {
  SHORT,
  LONG;

  /**
   * The kind of a document.
   *
   * @param longFrom tokens from which a document is long
   */
  public static Length of(long tokens, long longFrom) {
    return tokens >= longFrom ? LONG : SHORT;
  }

  /** {@code short} or {@code long}, as in figures and messages. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
