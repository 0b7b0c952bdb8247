package org.longspan.mix;

import java.io.Serializable;

/** In which order the documents of a cell are chosen; the smallest {@link RankKey} is first. */
public interface RankOrder extends Serializable {
  /**
   * A document's place.
   *
   * @param score null: it has none, and comes after all that have one
   * @param hash uniform, and its own
   */
  long key(Double score, long hash);

  /**
   * The order of a name: {@code top} ({@link TopScores}) or {@code softmax} ({@link
   * SoftmaxSampling}).
   *
   * @param temperature of softmax
   */
  static RankOrder named(String name, double temperature) {
    return switch (name) {
      case "top" -> new TopScores();
      case "softmax" -> new SoftmaxSampling(temperature);
      default ->
          throw new IllegalArgumentException(
              "upsample.order must be top or softmax, not \"" + name + "\".");
    };
  }
}
