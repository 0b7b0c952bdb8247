package org.longspan.mix;

/**
 * What repeated tokens are worth, "Scaling Data-Constrained Language Models", arXiv 2305.16264: U
 * tokens that are seen e times teach as much as
 *
 * <pre>
 *   D' = U + U R* (1 - exp(-(e - 1) / R*))
 * </pre>
 *
 * new ones. R* is the paper's fit for data, about 15; the number here is from memory.
 */
public final class RepeatedData {
  private static final double HALF_WORTHLESS = 15;

  private RepeatedData() {}

  /**
   * D' in tokens.
   *
   * @param tokens U, each counted once
   * @param epochs e; up to 1 nothing is repeated, and so many of the tokens are seen
   */
  public static double worth(long tokens, double epochs) {
    return epochs <= 1
        ? tokens * epochs
        : tokens * (1 + HALF_WORTHLESS * (1 - Math.exp(-(epochs - 1) / HALF_WORTHLESS)));
  }
}
