package org.longspan.schedule;

import java.util.Arrays;

/**
 * LongAlign's loss weighting (arXiv 2401.18058, section 3.3, equation 4), with which every document
 * of a step counts alike, however many others share its sequence.
 *
 * <p>The paper scales the summed loss of document i, of N_i trained tokens, by K / (N_i M), where a
 * step has M documents in K sequences, and takes the mean over sequences of the sums. Here a
 * trainer takes for each sequence the mean over its documents of their mean losses a token, and
 * multiplies it by the sequence's weight
 *
 * <pre>  w = m K / M,  m the sequence's number of documents,</pre>
 *
 * which comes to the same: m cancels, and document i has K / (N_i M). Weights of a step have the
 * mean 1. Parts of one document in two sequences count as two.
 */
public final class DocumentWeights {
  private DocumentWeights() {}

  /**
   * The weights of a step's sequences.
   *
   * @param documents of each sequence, at least one in all
   */
  public static double[] of(int[] documents) {
    double all = Arrays.stream(documents).asLongStream().sum();
    if (all <= 0) {
      throw new IllegalArgumentException("A step without a document has no weights.");
    }

    return Arrays.stream(documents).mapToDouble(m -> m * documents.length / all).toArray();
  }
}
