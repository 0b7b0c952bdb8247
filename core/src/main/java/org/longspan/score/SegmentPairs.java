package org.longspan.score;

/**
 * What a model was asked about a document's segments: how well it predicts each one alone, and how
 * well after one other. All values are mean losses in nats a token over the same targets: every
 * token of the segment but its first.
 *
 * @param alone the loss of each segment by itself, one value a segment, in document order
 * @param target for each measured pair the index of the segment that was predicted
 * @param context for each measured pair the index of the earlier segment that stood before it;
 *     {@code context[p] < target[p]}
 * @param together for each measured pair the loss of the target after the context
 */
public record SegmentPairs(double[] alone, int[] target, int[] context, double[] together) {
  public SegmentPairs {
    if (target.length != context.length || target.length != together.length) {
      throw new IllegalArgumentException(
          "A pair has a target, a context and a loss, but there are %d targets, %d contexts and %d losses."
              .formatted(target.length, context.length, together.length));
    }

    for (int p = 0; p < target.length; p++) {
      if (context[p] < 0 || context[p] >= target[p] || target[p] >= alone.length) {
        throw new IllegalArgumentException(
            "Pair %d has context %d and target %d, but needs 0 <= context < target < %d segments."
                .formatted(p, context[p], target[p], alone.length));
      }
    }
  }
}
