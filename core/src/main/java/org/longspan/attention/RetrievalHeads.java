package org.longspan.attention;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/**
 * Finds retrieval heads (Wu et al., arXiv 2404.15574): heads that look at the token of a planted
 * needle just when the model repeats it.
 *
 * <pre>
 *   found(h) = the needle's tokens x(i) that stood at one of the k positions to which head h attends
 *              most when the model generated x(i)
 *   score(h) = |found(h)| / tokens of the needle, mean over needles
 * </pre>
 *
 * <p>A token that is generated twice counts once, as what is scored is the share of the needle that
 * a head copied. The paper takes k = 1 and calls a head one from a score of 0.1 on.
 *
 * <p>Not for several threads. Cost: O(layers × heads × generated tokens × k) a needle.
 */
public final class RetrievalHeads {
  /** The least score of a retrieval head in the paper. */
  public static final double PUBLISHED_LEAST = 0.1;

  private final double[][] sums;
  private int needles;

  /**
   * @param layers of the model
   * @param heads of each layer
   */
  public RetrievalHeads(int layers, int heads) {
    if (layers < 1 || heads < 1) {
      throw new IllegalArgumentException(
          "A model has at least 1 layer and 1 head, not %d and %d.".formatted(layers, heads));
    }

    this.sums = new double[layers][heads];
  }

  /**
   * A text in which a needle was planted, and what the model did when asked for it.
   *
   * @param tokens the text's tokens
   * @param from first token of the needle
   * @param to end of the needle, exclusive
   * @param generated the tokens that the model generated
   * @param attended for each of them {@code [generated][layer][head]}, the positions in the text to
   *     which the head attended most, k of them
   */
  public record Trial(int[] tokens, int from, int to, int[] generated, int[][][][] attended) {
    public Trial {
      if (from < 0 || to <= from || to > tokens.length || generated.length != attended.length) {
        throw new IllegalArgumentException(
            "A needle from %d to %d in %d tokens, with %d generated and %d attended to, is none."
                .formatted(from, to, tokens.length, generated.length, attended.length));
      }
    }
  }

  /**
   * A head and its score.
   *
   * @param score in [0, 1]
   */
  public record Scored(int layer, int head, double score) {
    /** As {@link Heads#parse} reads it. */
    public String name() {
      return layer + "/" + head;
    }
  }

  /** Counts one needle. */
  public void add(Trial trial) {
    for (int layer = 0; layer < sums.length; layer++) {
      for (int head = 0; head < sums[layer].length; head++) {
        sums[layer][head] += found(trial, layer, head);
      }
    }

    needles++;
  }

  /** The score of each head, {@code [layer][head]}, in [0, 1]; all 0 before the first needle. */
  public double[][] scores() {
    double[][] scores = new double[sums.length][];

    for (int layer = 0; layer < sums.length; layer++) {
      scores[layer] = sums[layer].clone();

      for (int head = 0; head < scores[layer].length; head++) {
        scores[layer][head] /= Math.max(1, needles);
      }
    }

    return scores;
  }

  /**
   * The heads with the highest scores; of equal ones those of lower layers and lower numbers.
   *
   * @param most so many of them, at least 1
   * @param least no head with a lower score
   * @throws IllegalArgumentException if no head reaches {@code least}
   */
  public Heads best(int most, double least) {
    List<Scored> found = ranked().stream().filter(each -> each.score >= least).toList();

    if (found.isEmpty() || most < 1) {
      throw new IllegalArgumentException(
          "There are no %d retrieval heads: %d heads have a score of %s or more after %d needles."
              .formatted(most, found.size(), least, needles));
    }

    return Heads.parse(found.stream().limit(most).map(Scored::name).toList());
  }

  /** All heads, the highest scores first; of equal ones lower layers and lower numbers. */
  public List<Scored> ranked() {
    double[][] scores = scores();
    List<Scored> all = new ArrayList<>();

    for (int layer = 0; layer < scores.length; layer++) {
      for (int head = 0; head < scores[layer].length; head++) {
        all.add(new Scored(layer, head, scores[layer][head]));
      }
    }

    // A stable sort keeps equal ones in order.
    all.sort(Comparator.comparingDouble(Scored::score).reversed());
    return all;
  }

  /** The share of the needle that a head copied. */
  private static double found(Trial trial, int layer, int head) {
    BitSet found = new BitSet();

    for (int g = 0; g < trial.generated.length; g++) {
      for (int position : trial.attended[g][layer][head]) {
        if (position >= trial.from
            && position < trial.to
            && trial.tokens[position] == trial.generated[g]) {
          found.set(position);
        }
      }
    }

    return (double) found.cardinality() / (trial.to - trial.from);
  }
}
