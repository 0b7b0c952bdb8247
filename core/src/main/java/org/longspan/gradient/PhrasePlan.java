package org.longspan.gradient;

/**
 * Which phrases of a window may be parallel, arXiv 2402.12530. A phrase is a token and its context.
 *
 * <ul>
 *   <li>Former phrases: every token with all of the window before it, put together by position in
 *       batches, tokens b × batch to (b + 1) × batch - 1, the window's first token aside, which has
 *       no context.
 *   <li>Latter phrases: the second halves of segments that overlap by half, each token with no more
 *       context than its segment, so that what helps it is the former phrase.
 * </ul>
 *
 * <p>A batch is compared with the segments that lie wholly behind it; the last batches of a window
 * have none and are no former phrases.
 *
 * @param batch tokens of a batch, at least 2; published: 128
 * @param segment tokens of a segment, an even number from 4; published: 12
 */
public record PhrasePlan(int batch, int segment) {
  /** As published, for windows of 1,024 tokens. */
  public static final PhrasePlan PUBLISHED = new PhrasePlan(128, 12);

  public PhrasePlan {
    if (batch < 2 || segment < 4 || segment % 2 != 0) {
      throw new IllegalArgumentException(
          "Phrases come in batches of 2 tokens or more and in segments of an even number of tokens, at least 4, not %d and %d."
              .formatted(batch, segment));
    }
  }

  /** Tokens of the shortest window with a former and a latter phrase. */
  public int leastTokens() {
    return segmentStart(firstSegment(0)) + segment;
  }

  /** Batches of a window with a segment behind them. */
  public int batches(int tokens) {
    int batches = 0;

    while (firstSegment(batches) < segments(tokens)) {
      batches++;
    }

    return batches;
  }

  /** The first token of a batch whose loss counts. */
  public int first(int number) {
    return Math.max(1, number * batch);
  }

  /** The end of a batch, exclusive. */
  public int end(int number) {
    return (number + 1) * batch;
  }

  /** Whole segments of a window. */
  public int segments(int tokens) {
    return tokens < segment ? 0 : (tokens - segment) / half() + 1;
  }

  /** The first token of a segment. */
  public int segmentStart(int number) {
    return number * half();
  }

  /** The first segment that lies behind a batch. */
  public int firstSegment(int number) {
    return (end(number) + half() - 1) / half();
  }

  /** The first token of the latter phrases behind a batch; the others follow it one by one. */
  public int firstLatter(int number) {
    return segmentStart(firstSegment(number)) + half();
  }

  /** Tokens of a segment that only give context, and tokens between two segments' starts. */
  public int half() {
    return segment / 2;
  }

  /** Tokens that go through the model for a window, a gradient counted as four forward passes. */
  public long passTokens(int tokens) {
    long sum = (long) segments(tokens) * segment;

    for (int b = 0; b < batches(tokens); b++) {
      sum += 4L * end(b) + (long) (segments(tokens) - firstSegment(b)) * segment;
    }

    return sum;
  }
}
