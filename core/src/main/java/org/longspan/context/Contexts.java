package org.longspan.context;

/**
 * Which earlier tokens each token of a window is predicted from: all from the start of its pass on.
 * Implementations are records, so equal ones ask for equal passes.
 *
 * <p>A token stands in at most one pass of a {@code Contexts}; its context is the tokens between
 * that pass's start and itself.
 */
public interface Contexts {
  /** What {@link #start} gives for a token that is not predicted. */
  int NONE = -1;

  /**
   * The first token of the pass in which a token is predicted, before that token; {@link #NONE} if
   * it is not predicted.
   *
   * @param token index in the window
   * @param tokens tokens of the window
   */
  int start(int token, int tokens);

  /** The passes over a window of {@code tokens} tokens in which all these predictions are made. */
  void plan(int tokens, PassPlan passes);
}
