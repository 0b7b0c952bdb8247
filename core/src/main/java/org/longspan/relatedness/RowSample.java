package org.longspan.relatedness;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.longspan.seed.Seeded;

/**
 * Which pairs of documents stand for a row of a sample. Draws are hashes of (seed, row, number), so
 * that they depend on the row alone.
 *
 * @param row a stable name of the row
 * @param documents of the row, in its order; one that goes on after another one is there again
 * @param most pairs, or documents, of each kind
 * @param seed decides the draws
 */
public record RowSample(String row, List<String> documents, int most, long seed) {
  /** Two different documents. */
  public record Pair(String one, String other) {}

  public RowSample {
    documents = List.copyOf(documents);
  }

  /** Pairs of the row's documents, drawn with replacement; each once. */
  public List<Pair> within() {
    List<String> different = List.copyOf(new LinkedHashSet<>(documents));
    Set<Pair> pairs = new LinkedHashSet<>();
    for (int i = 0; i < most && different.size() > 1; i++) {
      int one = index("within", 2 * i, different.size());
      int other = (one + 1 + index("within", 2 * i + 1, different.size() - 1)) % different.size();
      pairs.add(new Pair(different.get(Math.min(one, other)), different.get(Math.max(one, other))));
    }

    return List.copyOf(pairs);
  }

  /** Documents of which one follows the other, at places that are drawn; each once. */
  public List<Pair> adjacent() {
    List<Pair> all = new ArrayList<>();
    for (int i = 1; i < documents.size(); i++) {
      if (!documents.get(i).equals(documents.get(i - 1))) {
        all.add(new Pair(documents.get(i - 1), documents.get(i)));
      }
    }

    if (all.size() <= most) {
      return List.copyOf(new LinkedHashSet<>(all));
    }

    Set<Pair> drawn = new LinkedHashSet<>();
    for (int i = 0; i < most; i++) {
      drawn.add(all.get(index("adjacent", i, all.size())));
    }

    return List.copyOf(drawn);
  }

  /** Documents of the row, drawn with replacement, to be paired with those of other rows. */
  public List<String> drawn() {
    List<String> drawn = new ArrayList<>();
    for (int i = 0; i < 2 * most && !documents.isEmpty(); i++) {
      drawn.add(documents.get(index("across", i, documents.size())));
    }

    return drawn;
  }

  /**
   * Pairs of documents from different rows: the i-th draw of a row meets one of the row that is i +
   * 1 places on, so that every row is met equally often.
   *
   * @param drawn {@link #drawn()} of each row of the sample
   */
  public static List<Pair> across(List<List<String>> drawn) {
    List<List<String>> rows = drawn.stream().filter(row -> !row.isEmpty()).toList();
    List<Pair> pairs = new ArrayList<>();
    for (int row = 0; row < rows.size() && rows.size() > 1; row++) {
      int half = rows.get(row).size() / 2;
      for (int i = 0; i < half; i++) {
        List<String> others = rows.get((row + 1 + i % (rows.size() - 1)) % rows.size());
        Pair pair = new Pair(rows.get(row).get(i), others.get(half + i));
        if (!pair.one().equals(pair.other())) {
          pairs.add(pair);
        }
      }
    }

    return pairs;
  }

  private int index(String purpose, int number, int bound) {
    return (int) Seeded.index(Seeded.hash(seed, "relatedness " + purpose, row, number), bound);
  }
}
