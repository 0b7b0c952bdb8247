package org.longspan.context;

/**
 * Short context as LongPPL (arXiv 2410.23771) makes it: blocks of {@code step} tokens, each
 * predicted after the {@code context} tokens before the block, so that a token sees {@code context}
 * to {@code context + step - 1}. The first {@code context} tokens are not predicted. Cost: (context
 * + step) / step times the text.
 *
 * <p>Where {@code step} equals {@code context} and both are powers of two, the starts of one such
 * scheme are also starts of every smaller one: that is what makes a spectrum of contexts cheap.
 *
 * @param context least tokens that a predicted token sees
 * @param step tokens of a block
 */
public record Blocks(int context, int step) implements Contexts {
  public Blocks {
    if (context < 1 || step < 1) {
      throw new IllegalArgumentException(
          "A block of %d tokens after %d tokens of context needs at least 1 of both."
              .formatted(step, context));
    }
  }

  @Override
  public int start(int token, int tokens) {
    return token < context ? NONE : (token - context) / step * step;
  }

  @Override
  public void plan(int tokens, PassPlan passes) {
    for (int start = 0; start < tokens - context; start += step) {
      passes.require(start, (int) Math.min(tokens, (long) start + context + step));
    }
  }
}
