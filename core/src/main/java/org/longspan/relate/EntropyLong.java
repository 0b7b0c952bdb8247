package org.longspan.relate;

import java.io.Serializable;
import java.util.BitSet;
import org.longspan.context.PassPredictions;

/**
 * EntropyLong's verification, arXiv 2510.02330, of a neighbour: it is related if a model that has
 * read it is surer about the document's uncertain tokens.
 *
 * <pre>
 *   uncertain(t) = H(t) &gt; mean + deviations × sigma     of the document alone, sigma of the population
 *   drop(t)      = (H(t) - H'(t)) / H(t)                H' after the neighbour
 *   kept         = drop over the uncertain tokens &gt; 0.4
 * </pre>
 *
 * <p>EntropyLong searches a context for each uncertain token and verifies it at that one; an edge
 * is found for a document as a whole, so the drop is taken {@linkplain Over over} all of them.
 * Entropy ignores the true token: a neighbour may make the model sure of something wrong. {@code
 * lossDrop} asks besides that the true tokens' mean loss there falls. A document without an
 * uncertain token verifies nothing, and keeps no neighbour. Whether sigma is that of the population
 * is not published. Cost: O(tokens).
 *
 * @param deviations standard deviations above the mean from which on a token is uncertain
 * @param drop the relative drop of entropy that must be exceeded, below 1
 * @param over how the drops of a document's uncertain tokens become one
 * @param lossDrop whether the mean loss at these tokens must fall too
 */
public record EntropyLong(double deviations, double drop, Over over, boolean lossDrop)
    implements Serializable {
  /** Standard deviations above the mean, as published. */
  public static final double PUBLISHED_DEVIATIONS = 2;

  /** The relative drop of entropy, as published. */
  public static final double PUBLISHED_DROP = 0.4;

  public EntropyLong {
    if (!(deviations >= 0) || !(drop >= 0 && drop < 1)) {
      throw new IllegalArgumentException(
          "A check needs deviations from 0 and a drop from 0 to below 1, not %s and %s."
              .formatted(deviations, drop));
    }
  }

  /** How the drops at several tokens become one. */
  public enum Over {
    /** Their mean: the neighbour helps the document as a whole. */
    MEAN,
    /** The greatest: the neighbour verifies at one token at least, as EntropyLong asks of each. */
    ANY
  }

  /**
   * What was found of one neighbour.
   *
   * @param positions uncertain tokens
   * @param drop the relative drop of entropy over them; 0 without any
   * @param lossDrop by how much their mean loss falls, in nats; 0 without any
   * @param kept whether the neighbour stays
   */
  public record Verdict(int positions, double drop, double lossDrop, boolean kept) {}

  /**
   * Judges a neighbour.
   *
   * @param alone what was predicted of the document's tokens by themselves
   * @param after the same tokens after the neighbour
   */
  public Verdict judge(PassPredictions alone, PassPredictions after) {
    if (alone.entropies().length != after.entropies().length) {
      throw new IllegalArgumentException(
          "The same tokens are compared, but there are %d and %d entropies."
              .formatted(alone.entropies().length, after.entropies().length));
    }

    BitSet uncertain = uncertain(alone.entropies());
    int positions = uncertain.cardinality();

    if (positions == 0) {
      return new Verdict(0, 0, 0, false);
    }

    double sum = 0;
    double greatest = Double.NEGATIVE_INFINITY;
    double losses = 0;

    for (int t = uncertain.nextSetBit(0); t >= 0; t = uncertain.nextSetBit(t + 1)) {
      double before = alone.entropies()[t];
      double relative = (before - after.entropies()[t]) / before;
      sum += relative;
      greatest = Math.max(greatest, relative);
      losses += alone.losses()[t] - after.losses()[t];
    }

    double found = over == Over.MEAN ? sum / positions : greatest;
    boolean kept = found > drop && (!lossDrop || losses > 0);
    return new Verdict(positions, found, losses / positions, kept);
  }

  /** The tokens whose entropy lies above the threshold. */
  BitSet uncertain(float[] entropies) {
    double threshold = threshold(entropies);
    BitSet uncertain = new BitSet(entropies.length);

    for (int t = 0; t < entropies.length; t++) {
      uncertain.set(t, entropies[t] > threshold);
    }

    return uncertain;
  }

  /** mean + deviations × sigma; NaN of nothing. */
  double threshold(float[] entropies) {
    double sum = 0;

    for (float entropy : entropies) {
      sum += entropy;
    }

    double mean = sum / entropies.length;
    double squares = 0;

    for (float entropy : entropies) {
      squares += (entropy - mean) * (entropy - mean);
    }

    return mean + deviations * Math.sqrt(squares / entropies.length);
  }
}
