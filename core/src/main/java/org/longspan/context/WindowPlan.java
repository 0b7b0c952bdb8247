package org.longspan.context;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.longspan.seed.Seeded;

/**
 * Which windows of a document are read: those of its {@link Placing}, and of more than {@code most}
 * windows one is drawn from each of {@code most} equal stretches of them. So the cost of a document
 * has a bound, and its far parts count as much as its beginning.
 *
 * @param window tokens of a window
 * @param most windows of a document; 0: all
 * @param seed decides which windows are drawn
 * @param placing where windows lie
 */
public record WindowPlan(int window, int most, long seed, Placing placing) {
  public WindowPlan {
    if (window < 2 || most < 0) {
      throw new IllegalArgumentException(
          "%d windows of %d tokens cannot be read: a window needs at least 2 tokens."
              .formatted(most, window));
    }
  }

  /** Windows one after the other. */
  public WindowPlan(int window, int most, long seed) {
    this(window, most, seed, Placing.TILED);
  }

  /** Where the windows of a document lie. */
  public enum Placing {
    /**
     * One after the other from the document's start, without overlap. A tail of at least half a
     * window, or a document that is shorter than one, is a window too.
     */
    TILED,
    /** From both ends inward, all of full length, see {@link EndsWindows}. */
    ENDS
  }

  /** How many windows are read of a document of this length. */
  public int count(int tokens) {
    int all = all(tokens);
    return most == 0 ? all : Math.min(most, all);
  }

  /** The first token of each window, ascending. */
  public int[] starts(String docId, int tokens) {
    int all = all(tokens);
    int count = count(tokens);
    int[] starts = new int[count];

    for (int i = 0; i < count; i++) {
      long from = (long) all * i / count;
      long to = (long) all * (i + 1) / count;
      long drawn = from + Seeded.index(Seeded.hash(seed, "context-windows", docId, i), to - from);
      starts[i] = start(Math.toIntExact(drawn), tokens);
    }

    return starts;
  }

  /** The end, exclusive, of a window that starts here. */
  public int end(int start, int tokens) {
    return (int) Math.min(tokens, (long) start + window);
  }

  /** Offsets of the tokens that lie in a window, ascending. */
  public int[] positions(String docId, int tokens) {
    return Arrays.stream(starts(docId, tokens))
        .flatMap(start -> IntStream.range(start, end(start, tokens)))
        .distinct()
        .toArray();
  }

  private int start(int number, int tokens) {
    return placing == Placing.TILED
        ? Math.multiplyExact(number, window)
        : EndsWindows.start(number, tokens, window);
  }

  private int all(int tokens) {
    if (placing == Placing.ENDS) {
      return EndsWindows.count(tokens, window);
    }

    int tail = tokens % window;
    int whole = tokens / window;
    return whole == 0 || tail >= (window + 1) / 2 ? whole + (tail > 0 ? 1 : 0) : whole;
  }
}
