package org.longspan.measure;

import java.util.Arrays;
import org.longspan.score.PairClues;

/**
 * What the segments of one document have in common word for word.
 *
 * <p>Cost: O(segment) time a pair, some microseconds, and O(segments × segment) memory.
 */
final class SharedTokens {
  /**
   * Shorter runs recur in any text on one subject; eight tokens are a phrase of six words or so.
   */
  private static final int COPIED = 8;

  /** Tokens at the start of a segment that have too little before them to be predicted well. */
  private static final int OPENING = 8;

  private final int[][] tokens;
  private final NGrams[] copies;

  SharedTokens(int[][] segments) {
    this.tokens = segments;
    this.copies = ngrams(segments, COPIED + 1);
  }

  private static NGrams[] ngrams(int[][] segments, int n) {
    return Arrays.stream(segments).map(each -> new NGrams(each, n)).toArray(NGrams[]::new);
  }

  /**
   * The share of the target's tokens that continue 8 tokens as the context does, of those that have
   * 8 before them: 1 for a verbatim copy.
   */
  double copied(int context, int target) {
    return copies[context].share(copies[target]);
  }

  /**
   * The clues of all pairs.
   *
   * @param losses for each segment the losses of its tokens from the second on
   */
  PairClues clues(float[][] losses) {
    int segments = losses.length;
    int pairs = Math.multiplyExact(segments, segments - 1) / 2;
    NGrams[] bigrams = ngrams(tokens, 2);
    double[] opening = new double[segments];
    int[] target = new int[pairs];
    int[] context = new int[pairs];
    double[] copied = new double[pairs];
    double[] copyable = new double[pairs];
    int p = 0;

    for (int i = 0; i < segments; i++) {
      opening[i] = opening(losses[i]);

      for (int j = 0; j < i; j++) {
        target[p] = i;
        context[p] = j;
        copied[p] = copied(j, i);
        copyable[p] = bigrams[j].sum(bigrams[i], losses[i]) / losses[i].length;
        p++;
      }
    }

    return new PairClues(opening, target, context, copied, copyable);
  }

  private static double opening(float[] losses) {
    double sum = 0;

    for (int t = 0; t < Math.min(OPENING, losses.length); t++) {
      sum += losses[t];
    }

    return sum / losses.length;
  }
}
