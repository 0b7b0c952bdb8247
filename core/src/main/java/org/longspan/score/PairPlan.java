package org.longspan.score;

import java.util.stream.LongStream;

/**
 * What to ask a model about a document for {@link ProLong}: which segments stand for the document,
 * and which of their pairs are measured. Both draws are without replacement and functions of (seed,
 * doc_id) alone; that of the segments is uniform, that of the pairs as {@link PairSampling} says.
 *
 * @param starts first token of each chosen segment, ascending; the segments do not overlap
 * @param segment tokens of a segment
 * @param target for each pair the later segment, as an index into {@code starts}
 * @param context for each pair the earlier segment, as an index into {@code starts}. Pairs stand in
 *     ascending order of (context, target), so that all targets of a context can share its keys and
 *     values
 */
public record PairPlan(int[] starts, int segment, int[] target, int[] context) {
  /** Draws the plan of one document, its pairs uniformly. */
  public static PairPlan draw(
      int tokens, int segment, int window, int pairs, long seed, String docId) {
    return draw(tokens, segment, window, pairs, PairSampling.UNIFORM, seed, docId);
  }

  /**
   * Draws the plan of one document. A document of fewer than two whole segments gets no pairs.
   *
   * <p>Cost: O(window / segment + pairs) time and memory, whatever the document's length, where all
   * pairs of a full window are {@code K (K - 1) / 2} with {@code K = window / segment}.
   *
   * @param tokens tokens of the document; a tail shorter than a segment is left out
   * @param segment tokens of a segment, C
   * @param window tokens measured at most; of a document with more segments than K = window / C, K
   *     are drawn and keep their order
   * @param pairs pairs measured at most; where the document has fewer, all of them. 0 or less: all
   * @param sampling how the pairs are drawn where not all are measured
   */
  public static PairPlan draw(
      int tokens,
      int segment,
      int window,
      int pairs,
      PairSampling sampling,
      long seed,
      String docId) {
    if (segment < 2) {
      throw new IllegalArgumentException(
          "A segment needs at least 2 tokens, one to predict after the other, not "
              + segment
              + ".");
    }

    if (window < 2L * segment) {
      throw new IllegalArgumentException(
          "A window of %d tokens does not hold two segments of %d.".formatted(window, segment));
    }

    int segments = tokens / segment;
    int chosen = Math.min(segments, window / segment);
    int[] starts =
        new Draws(seed, "prolong-segments", docId)
            .subset(chosen, segments)
            .mapToInt(index -> (int) index * segment)
            .toArray();

    long count = chosen * (chosen - 1L) / 2;
    long measured = pairs <= 0 ? count : Math.min(pairs, count);
    if (measured > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "%d segments have %d pairs, more than one plan holds; set a number of pairs."
              .formatted(chosen, count));
    }

    LongStream numbers =
        sampling == PairSampling.STRATIFIED && measured < count
            ? new StratifiedPairs(chosen, seed, docId).numbers((int) measured)
            : new Draws(seed, "prolong-pairs", docId).subset(measured, count);
    return of(starts, segment, numbers.toArray());
  }

  private static PairPlan of(int[] starts, int segment, long[] numbers) {
    int[] target = new int[numbers.length];
    int[] context = new int[numbers.length];
    // Pairs are numbered in their order: context 0 with targets 1 to n-1, context 1 with 2 to n-1,
    // ...
    int c = 0;
    long next = starts.length - 1L;
    for (int p = 0; p < numbers.length; p++) {
      while (numbers[p] >= next) {
        c++;
        next += starts.length - 1L - c;
      }

      context[p] = c;
      target[p] = (int) (starts.length - (next - numbers[p]));
    }

    return new PairPlan(starts, segment, target, context);
  }
}
