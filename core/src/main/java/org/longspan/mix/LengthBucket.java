package org.longspan.mix;

/**
 * A range of document lengths in tokens; each bucket reaches twice as far as the one before. The
 * first holds everything below {@value #FIRST} tokens.
 *
 * @param from shortest length, inclusive
 * @param to longest length, inclusive
 */
public record LengthBucket(int from, int to) {
  private static final int FIRST = 128;

  /** The bucket of a length, 0 or more. */
  public static LengthBucket of(int tokens) {
    if (tokens < 0) {
      throw new IllegalArgumentException("A document can't have " + tokens + " tokens.");
    }

    if (tokens < FIRST) {
      return new LengthBucket(0, FIRST - 1);
    }

    int from = Integer.highestOneBit(tokens);
    return new LengthBucket(from, from + (from - 1));
  }

  /** The bucket that a label of the {@code selection} table names. */
  public static LengthBucket parse(String label) {
    int dash = label.indexOf('-');
    try {
      LengthBucket bucket = of(Integer.parseInt(label.substring(0, Math.max(0, dash))));
      if (bucket.label().equals(label)) {
        return bucket;
      }
    } catch (NumberFormatException e) {
      // The sentence below says it.
    }

    throw new IllegalArgumentException(
        "\"" + label + "\" names no length bucket; a bucket is written like 4096-8191.");
  }

  /** As in the {@code selection} table, such as {@code 4096-8191}. */
  public String label() {
    return from + "-" + to;
  }
}
