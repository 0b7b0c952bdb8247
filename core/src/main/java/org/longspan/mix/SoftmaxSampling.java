package org.longspan.mix;

import org.longspan.seed.Seeded;

/**
 * Sampling without replacement, each next document with a probability in proportion to exp(score /
 * T), as QuRating, arXiv 2402.09739, selects data. Instead of drawing one after another, every
 * document has the key
 *
 * <pre>
 *   score / T + g,   g = -ln(-ln u),   u uniform in (0, 1)
 * </pre>
 *
 * and the highest keys are taken: the Gumbel top-k trick, arXiv 1903.06059. So the choice is one
 * threshold here too. Scores are taken as they are, in their own units: T is in those as well. T
 * towards 0 is {@link TopScores}, T to infinity is chance.
 *
 * @param temperature T, above 0
 */
public record SoftmaxSampling(double temperature) implements RankOrder {
  private static final double HALF_GRID = 0x1.0p-54;
  private static final double BELOW_ONE = Math.nextDown(1.0);

  public SoftmaxSampling {
    if (!(temperature > 0)) {
      throw new IllegalArgumentException(
          "upsample.temperature must be above 0, not " + temperature + ".");
    }
  }

  @Override
  public long key(Double score, long hash) {
    if (score == null) {
      return RankKey.unscored(hash);
    }

    double uniform = Math.min(Seeded.unit(hash) + HALF_GRID, BELOW_ONE);
    return RankKey.scored(score / temperature - Math.log(-Math.log(uniform)), hash);
  }
}
