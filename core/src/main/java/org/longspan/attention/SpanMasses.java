package org.longspan.attention;

import java.util.stream.IntStream;

/**
 * Attention from spans of queries to spans of keys: {@code [layer][query span][key span]}, summed
 * over the queries and keys of the two spans and averaged over heads, for the layers of {@code
 * heads} and the spans of {@link #queries} in their order. A query span's own span is its last key
 * span; later ones do not exist, so rows differ in length.
 *
 * @param span tokens of a span; windows must be whole spans
 * @param every of so many query spans one is read, the last one among them
 * @param keys what a query's weights are a softmax over
 * @param heads which heads are read
 */
public record SpanMasses(int span, int every, Keys keys, Heads heads)
    implements AttentionView<double[][][]> {
  /** What weights are a softmax over. */
  public enum Keys {
    /** All keys up to the query itself, as in the model. */
    CAUSAL,
    /**
     * The keys before the query's span only: the own span has mass 0, all others sum to the span's
     * queries.
     */
    EARLIER
  }

  public SpanMasses {
    if (span < 1 || every < 1) {
      throw new IllegalArgumentException(
          "Spans of %d tokens cannot be read, one of every %d: both must be at least 1."
              .formatted(span, every));
    }
  }

  /**
   * The query spans that are read of a window, ascending; the first span has nothing before it and
   * is never among them.
   */
  public int[] queries(int length) {
    int last = length / span - 1;
    int count = last < 1 ? 0 : (last - 1) / every + 1;
    return IntStream.range(0, count).map(i -> last - (count - 1 - i) * every).toArray();
  }
}
