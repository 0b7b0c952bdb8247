package org.longspan.score;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.LongStream;
import org.longspan.seed.Seeded;

/**
 * What to ask a model about a document for {@link ProLong}: which segments stand for the document,
 * and which of their pairs are measured. Both draws are uniform, without replacement, and functions
 * of (seed, doc_id) alone.
 *
 * @param starts first token of each chosen segment, ascending; the segments do not overlap
 * @param segment tokens of a segment
 * @param target for each pair the later segment, as an index into {@code starts}
 * @param context for each pair the earlier segment, as an index into {@code starts}. Pairs stand in
 *     ascending order of (context, target), so that all targets of a context can share its keys and
 *     values
 */
public record PairPlan(int[] starts, int segment, int[] target, int[] context) {
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
   */
  public static PairPlan draw(
      int tokens, int segment, int window, int pairs, long seed, String docId) {
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
        subset(chosen, segments, seed, "prolong-segments", docId)
            .mapToInt(index -> (int) index * segment)
            .toArray();

    long count = chosen * (chosen - 1L) / 2;
    long measured = pairs <= 0 ? count : Math.min(pairs, count);
    if (measured > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "%d segments have %d pairs, more than one plan holds; set a number of pairs."
              .formatted(chosen, count));
    }

    int[] target = new int[(int) measured];
    int[] context = new int[(int) measured];
    // Pairs are numbered in their order: context 0 with targets 1 to n-1, context 1 with 2 to n-1,
    // ...
    long[] numbers = subset(measured, count, seed, "prolong-pairs", docId).toArray();
    int c = 0;
    long next = chosen - 1L;
    for (int p = 0; p < numbers.length; p++) {
      while (numbers[p] >= next) {
        c++;
        next += chosen - 1L - c;
      }

      context[p] = c;
      target[p] = (int) (chosen - (next - numbers[p]));
    }

    return new PairPlan(starts, segment, target, context);
  }

  /**
   * A uniform subset of {0, ..., population - 1} in ascending order, by Floyd's method: O(size)
   * draws and memory.
   */
  private static LongStream subset(
      long size, long population, long seed, String purpose, String identity) {
    if (size >= population) {
      return LongStream.range(0, population);
    }

    Set<Long> chosen = new HashSet<>();
    for (long last = population - size; last < population; last++) {
      long drawn = Seeded.index(Seeded.hash(seed, purpose, identity, last), last + 1);
      if (!chosen.add(drawn)) {
        chosen.add(last);
      }
    }

    return chosen.stream().mapToLong(Long::longValue).sorted();
  }
}
