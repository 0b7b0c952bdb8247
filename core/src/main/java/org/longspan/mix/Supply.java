package org.longspan.mix;

/** What there is to choose from, before any choice: documents, each once, and their tokens. */
public record Supply(long documents, long tokens) {
  /** No document. */
  public static final Supply NONE = new Supply(0, 0);

  public Supply {
    if (documents < 0 || tokens < 0) {
      throw new IllegalArgumentException(
          "There can't be %d documents of %d tokens.".formatted(documents, tokens));
    }
  }

  /** This and more. */
  public Supply plus(Supply other) {
    return new Supply(documents + other.documents, tokens + other.tokens);
  }

  /** A share or a multiple of this, rounded. */
  public Supply times(double factor) {
    return new Supply(Math.round(documents * factor), Math.round(tokens * factor));
  }
}
