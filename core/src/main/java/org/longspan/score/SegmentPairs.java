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
 * @param copied for each measured pair the share, 0 to 1, of the target's tokens that continue 8
 *     tokens as the context does, word for word
 * @param clues of all pairs, measured or not; {@link PairClues#NONE} where nobody asked
 */
public record SegmentPairs(
    double[] alone,
    int[] target,
    int[] context,
    double[] together,
    double[] copied,
    PairClues clues) {
  /** A pair of which a larger share is copied is no sign of dependency. */
  public static final double MOST_COPIED = 0.1;

  public SegmentPairs {
    if (target.length != context.length
        || target.length != together.length
        || target.length != copied.length) {
      throw new IllegalArgumentException(
          "A pair has a target, a context, a loss and a copied share, but there are %d targets, %d contexts, %d losses and %d shares."
              .formatted(target.length, context.length, together.length, copied.length));
    }

    for (int p = 0; p < target.length; p++) {
      if (context[p] < 0 || context[p] >= target[p] || target[p] >= alone.length) {
        throw new IllegalArgumentException(
            "Pair %d has context %d and target %d, but needs 0 <= context < target < %d segments."
                .formatted(p, context[p], target[p], alone.length));
      }
    }
  }

  /** Pairs of which nothing is copied. */
  public SegmentPairs(double[] alone, int[] target, int[] context, double[] together) {
    this(alone, target, context, together, new double[target.length], PairClues.NONE);
  }

  /**
   * The pairs whose target is not copied for more than {@link #MOST_COPIED}, so that verbatim
   * repetition (licence headers, boilerplate, a chapter twice) does not look like dependency. May
   * leave no pair.
   */
  public SegmentPairs withoutCopies() {
    int[] kept = Pick.atMost(copied, MOST_COPIED);
    return new SegmentPairs(
        alone,
        Pick.of(target, kept),
        Pick.of(context, kept),
        Pick.of(together, kept),
        Pick.of(copied, kept),
        clues.copiedAtMost(MOST_COPIED));
  }

  /** Whether {@link #withoutCopies} leaves something out. */
  boolean hasCopies() {
    return Pick.atMost(copied, MOST_COPIED).length < copied.length
        || Pick.atMost(clues.copied(), MOST_COPIED).length < clues.copied().length;
  }
}
