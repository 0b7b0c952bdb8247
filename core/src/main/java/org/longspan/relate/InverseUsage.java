package org.longspan.relate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.longspan.seed.Seeded;

/**
 * The sampling by which Re3Dial (arXiv 2305.02606) keeps a few documents that are near to
 * everything from becoming everybody's neighbour: of the {@code among} best candidates left, one is
 * drawn with a weight of 1 / (1 + times that it was drawn before, for whatever document).
 *
 * <p>Draws depend on those before, so the documents of a slice are asked for in one order. Cost:
 * O(candidates · most) a document; memory a number a document drawn.
 */
public final class InverseUsage {
  private final int among;
  private final long seed;
  private final Map<String, Integer> uses = new HashMap<>();

  /**
   * Nothing drawn yet.
   *
   * @param among how many of the best a draw chooses from, at least 1; Re3Dial has 5
   * @param seed the run's seed
   */
  public InverseUsage(int among, long seed) {
    if (among < 1) {
      throw new IllegalArgumentException(
          "A draw needs at least 1 candidate to choose from, not %d.".formatted(among));
    }

    this.among = among;
    this.seed = seed;
  }

  /**
   * Draws from a document's candidates without putting back.
   *
   * @param id doc_id of the document
   * @param candidates doc_ids, each once, the best first
   * @param most how many are drawn, if there are as many
   * @return in the order drawn
   */
  public List<String> draw(String id, List<String> candidates, int most) {
    List<String> left = new ArrayList<>(candidates);
    List<String> drawn = new ArrayList<>();
    while (drawn.size() < most && !left.isEmpty()) {
      List<String> best = left.subList(0, Math.min(among, left.size()));
      String chosen = best.remove(choice(id, drawn.size(), best));
      uses.merge(chosen, 1, Integer::sum);
      drawn.add(chosen);
    }

    return drawn;
  }

  private int choice(String id, int draw, List<String> best) {
    double[] upTo = new double[best.size()];
    double sum = 0;
    for (int i = 0; i < upTo.length; i++) {
      sum += 1.0 / (1 + uses.getOrDefault(best.get(i), 0));
      upTo[i] = sum;
    }

    double point = Seeded.unit(Seeded.hash(seed, "inverse-usage", id, draw)) * sum;
    int chosen = 0;
    while (chosen < upTo.length - 1 && point >= upTo[chosen]) {
      chosen++;
    }

    return chosen;
  }
}
