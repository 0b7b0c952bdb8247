package org.longspan.score;

/**
 * What is known of pairs of segments before a model has seen them together: from their tokens, and
 * from the losses of each segment alone. Both are in nats a token of the target, and say what a
 * context could save at most in two ways.
 *
 * @param opening for each segment what the loss of its first tokens adds to its loss. They have
 *     next to nothing before them, so any context helps there
 * @param target for each pair the later segment
 * @param context for each pair the earlier segment
 * @param copied for each pair the share of the target that is copied, see {@link SegmentPairs}
 * @param copyable for each pair what those tokens of the target add to its loss that stand in the
 *     context after the same token: what a model can guess by looking the last token up
 */
public record PairClues(
    double[] opening, int[] target, int[] context, double[] copied, double[] copyable) {
  /** Nothing is known. */
  public static final PairClues NONE =
      new PairClues(new double[0], new int[0], new int[0], new double[0], new double[0]);

  public PairClues {
    if (target.length != context.length
        || target.length != copied.length
        || target.length != copyable.length) {
      throw new IllegalArgumentException(
          "A pair's clues are a target, a context and two numbers, but there are %d, %d, %d and %d."
              .formatted(target.length, context.length, copied.length, copyable.length));
    }
  }

  /** The pairs whose copied share is at most this. */
  PairClues copiedAtMost(double share) {
    int[] kept = Pick.atMost(copied, share);
    return new PairClues(
        opening,
        Pick.of(target, kept),
        Pick.of(context, kept),
        Pick.of(copied, kept),
        Pick.of(copyable, kept));
  }
}
