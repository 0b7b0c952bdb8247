package org.longspan.context;

/** Every token but the first sees all of its window before it. Cost: the window once. */
public record WholePrefix() implements Contexts {
  @Override
  public int start(int token, int tokens) {
    return token > 0 ? 0 : NONE;
  }

  @Override
  public void plan(int tokens, PassPlan passes) {
    passes.require(0, tokens);
  }
}
