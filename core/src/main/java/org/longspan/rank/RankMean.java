package org.longspan.rank;

import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Several scores as one: the weighted mean of a document's ranks. With r(s) the rank of the
 * document by scorer s among like documents, in (0, 1), and weights w(s):
 *
 * <pre>
 *   combined = sum of |w(s)| * (w(s) &gt; 0 ? r(s) : 1 - r(s)) / sum of |w(s)|
 * </pre>
 *
 * <p>A negative weight turns a scorer's order around. Lies in (0, 1). O(scorers).
 *
 * @param weights by scorer; at least one, finite and none 0
 */
public record RankMean(SortedMap<String, Double> weights) implements Serializable {
  public RankMean {
    weights = Collections.unmodifiableSortedMap(new TreeMap<>(weights));

    if (weights.isEmpty()) {
      throw new IllegalArgumentException("Combined scores need a weight for one scorer at least.");
    }

    for (Map.Entry<String, Double> weight : weights.entrySet()) {
      if (!Double.isFinite(weight.getValue()) || weight.getValue() == 0) {
        throw new IllegalArgumentException(
            "The weight of scorer %s must be a finite number other than 0, not %s."
                .formatted(weight.getKey(), weight.getValue()));
      }
    }
  }

  /** The scorers, in the order in which {@link #of} reads their ranks. */
  public List<String> scorers() {
    return List.copyOf(weights.keySet());
  }

  /**
   * The combined score of a document.
   *
   * @param ranks one a scorer, in (0, 1), in the order of {@link #scorers}
   */
  public double of(double... ranks) {
    if (ranks.length != weights.size()) {
      throw new IllegalArgumentException(
          "There are %d weights and %d ranks.".formatted(weights.size(), ranks.length));
    }

    double sum = 0;
    double all = 0;
    int s = 0;

    for (double weight : weights.values()) {
      sum += weight > 0 ? weight * ranks[s] : -weight * (1 - ranks[s]);
      all += Math.abs(weight);
      s++;
    }

    return sum / all;
  }
}
