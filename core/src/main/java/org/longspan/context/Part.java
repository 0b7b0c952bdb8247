package org.longspan.context;

/**
 * Every {@code every}-th stretch of {@code stretch} tokens under other contexts, the rest not
 * predicted: an estimate for contexts so short that their passes cost several times the text. The
 * stretches lie evenly over the window, so the choice needs no seed. Cost: that of the other
 * contexts divided by {@code every}, if their passes do not reach across stretches.
 *
 * @param whole the contexts of the tokens that are predicted
 * @param stretch tokens of a stretch
 * @param every how many stretches one is measured of; 1: all
 */
public record Part(Contexts whole, int stretch, int every) implements Contexts {
  public Part {
    if (stretch < 1 || every < 1) {
      throw new IllegalArgumentException(
          "One of %d stretches of %d tokens cannot be measured: both numbers must be at least 1."
              .formatted(every, stretch));
    }
  }

  @Override
  public int start(int token, int tokens) {
    return token / stretch % every == every - 1 ? whole.start(token, tokens) : NONE;
  }

  @Override
  public void plan(int tokens, PassPlan passes) {
    for (int t = 0; t < tokens; t++) {
      int start = start(t, tokens);

      if (start != NONE) {
        passes.require(start, t + 1);
      }
    }
  }
}
