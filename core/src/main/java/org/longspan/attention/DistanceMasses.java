package org.longspan.attention;

/**
 * Attention by distance: {@code [layer][bucket]}, the mean over queries and heads; the buckets of a
 * layer sum to 1. Bucket 0 is the sink, the first tokens of the window, whatever their distance;
 * bucket 1 the query itself; bucket b, from 2 on, other keys at a distance of 2^(b-2) to 2^(b-1) -
 * 1.
 *
 * @param span tokens of a span of queries, the unit of sampling; windows must be whole spans
 * @param every of so many spans of queries one is read, the last one among them
 * @param sink first tokens of the window that are told apart
 * @param heads which heads are read
 */
public record DistanceMasses(int span, int every, int sink, Heads heads)
    implements AttentionView<double[][]> {
  public DistanceMasses {
    if (span < 1 || every < 1 || sink < 0) {
      throw new IllegalArgumentException(
          "Spans of %d tokens, one of every %d, with a sink of %d tokens cannot be read."
              .formatted(span, every, sink));
    }
  }

  /** Buckets of a window of so many tokens, the sink and the query itself included. */
  public static int buckets(int length) {
    return length < 2 ? 2 : 2 + 32 - Integer.numberOfLeadingZeros(length - 1);
  }
}
