package org.longspan.length;

import java.io.Serializable;
import java.util.Comparator;

/**
 * A range of document lengths in tokens.
 *
 * @param from shortest length, inclusive
 * @param to longest length, inclusive; {@link Integer#MAX_VALUE}: no limit
 */
public record LengthBucket(int from, int to) implements Comparable<LengthBucket>, Serializable {
  private static final Comparator<LengthBucket> ORDER =
      Comparator.comparingInt(LengthBucket::from).thenComparingInt(LengthBucket::to);

  public LengthBucket {
    if (from < 0 || to < from) {
      throw new IllegalArgumentException(
          "A range of lengths goes from 0 tokens or more to no fewer, not from %d to %d."
              .formatted(from, to));
    }
  }

  /** All lengths from one on. */
  public static LengthBucket atLeast(int tokens) {
    return new LengthBucket(tokens, Integer.MAX_VALUE);
  }

  /** All lengths below one, which is at least 1. */
  public static LengthBucket below(int tokens) {
    return new LengthBucket(0, tokens - 1);
  }

  /** The range of a label: {@code 4096-8191}, or {@code 65536-} without an end. */
  public static LengthBucket parse(String label) {
    if (label.matches("\\d{1,10}-(\\d{1,10})?")) {
      int dash = label.indexOf('-');
      long from = Long.parseLong(label.substring(0, dash));
      String end = label.substring(dash + 1);
      long to = end.isEmpty() ? Integer.MAX_VALUE : Long.parseLong(end);
      if (from <= to && to <= Integer.MAX_VALUE) {
        return new LengthBucket((int) from, (int) to);
      }
    }

    throw new IllegalArgumentException(
        "\"%s\" names no lengths; they are written like 4096-8191, or 65536- without an end."
            .formatted(label));
  }

  public boolean contains(long tokens) {
    return from <= tokens && tokens <= to;
  }

  public boolean overlaps(LengthBucket other) {
    return from <= other.to && other.from <= to;
  }

  /** As in the {@code selection} table, such as {@code 4096-8191}. */
  public String label() {
    return from + "-" + to;
  }

  @Override
  public int compareTo(LengthBucket other) {
    return ORDER.compare(this, other);
  }
}
