package org.longspan.relate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Rankings of several retrievers as one, by reciprocal rank fusion (Cormack, Clarke and Büttcher,
 * "Reciprocal rank fusion outperforms Condorcet and individual rank learning methods", SIGIR 2009):
 *
 * <pre>
 *   score(d) = Σ over rankings of 1 / (60 + rank(d))     rank from 1; nothing where it is not ranked
 * </pre>
 *
 * <p>Scores are divided by the highest one that there can be, so that first in all rankings is 1.
 * Ranks alone count: similarities of different retrievers can't be compared. Ties go by id. Cost:
 * O(n log n) for n ranked ids.
 */
public final class ReciprocalRank {
  private static final int K = 60;

  private ReciprocalRank() {}

  /**
   * One id and its score.
   *
   * @param score in (0, 1]
   */
  public record Fused(String id, double score) {}

  /**
   * The ids of all rankings, the best first.
   *
   * @param rankings ids, the best first, each once in a ranking
   */
  public static List<Fused> of(List<List<String>> rankings) {
    Map<String, Double> scores = new TreeMap<>();
    for (List<String> ranking : rankings) {
      for (int r = 0; r < ranking.size(); r++) {
        scores.merge(ranking.get(r), 1.0 / (K + 1 + r), Double::sum);
      }
    }

    double highest = (double) rankings.size() / (K + 1);
    List<Fused> fused = new ArrayList<>();
    scores.forEach((id, score) -> fused.add(new Fused(id, Math.min(1, score / highest))));
    fused.sort(Comparator.comparingDouble(Fused::score).reversed());
    return fused;
  }
}
