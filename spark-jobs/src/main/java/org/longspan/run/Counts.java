package org.longspan.run;

/**
 * Documents and tokens, the two things that every stage must conserve.
 *
 * @param documents documents, copies counted
 * @param tokens tokens; 0 before tokenize
 */
public record Counts(long documents, long tokens) {
  public static final Counts NONE = new Counts(0, 0);

  public Counts plus(Counts other) {
    return new Counts(documents + other.documents, tokens + other.tokens);
  }
}
