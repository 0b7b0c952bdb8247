package org.longspan.attention;

/**
 * Weights of the first layer beyond a distance, for each of its heads.
 *
 * @param distance least tokens between a query and a key
 */
public record FarMasses(int distance) implements AttentionView<FarMasses.Sums> {
  public FarMasses {
    if (distance < 1) {
      throw new IllegalArgumentException(
          "A distance of %d tokens is not beyond anything: give at least 1.".formatted(distance));
    }
  }

  /**
   * Sums over all queries and far keys, for each head.
   *
   * @param weights sum of the weights
   * @param squares sum of their squares
   */
  public record Sums(double[] weights, double[] squares) {}
}
