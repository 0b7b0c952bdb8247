package org.longspan.length;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Where length buckets begin: a document of n tokens is in the bucket that begins at the last
 * border that is not above n, and below the first border in one that begins at 0.
 *
 * @param borders tokens, ascending, each from 1; none: one bucket
 */
public record LengthBorders(List<Integer> borders) implements Serializable {
  /** Each bucket twice as long as the one before, from 1,024 tokens to a million. */
  public static final LengthBorders DOUBLING = doubling(10, 20);

  public LengthBorders {
    borders = List.copyOf(borders);

    for (int b = 0; b < borders.size(); b++) {
      int least = b == 0 ? 1 : borders.get(b - 1) + 1;

      if (borders.get(b) < least) {
        throw new IllegalArgumentException(
            "Length borders must ascend from 1 token on, unlike " + borders + ".");
      }
    }
  }

  /**
   * Each bucket twice as long as the one before.
   *
   * @param first the first border's power of two, at most 30
   * @param last the last one's
   */
  public static LengthBorders doubling(int first, int last) {
    return new LengthBorders(
        IntStream.rangeClosed(first, last).mapToObj(bits -> 1 << bits).toList());
  }

  /** These borders and more, such that every one of the ranges is a number of whole buckets. */
  public LengthBorders and(Collection<LengthBucket> ranges) {
    TreeSet<Integer> all = new TreeSet<>(borders);
    for (LengthBucket range : ranges) {
      all.add(range.from());

      if (range.to() < Integer.MAX_VALUE) {
        all.add(range.to() + 1);
      }
    }

    all.remove(0);
    return new LengthBorders(List.copyOf(all));
  }

  /** The bucket of a length, 0 or more. O(log borders). */
  public LengthBucket bucket(int tokens) {
    if (tokens < 0) {
      throw new IllegalArgumentException("A document can't have " + tokens + " tokens.");
    }

    int found = Collections.binarySearch(borders, tokens);
    int next = found >= 0 ? found + 1 : -found - 1;
    return new LengthBucket(
        next == 0 ? 0 : borders.get(next - 1),
        next == borders.size() ? Integer.MAX_VALUE : borders.get(next) - 1);
  }

  /** The buckets inside a range, ascending; one at least where the range is among {@link #and}. */
  public List<LengthBucket> inside(LengthBucket range) {
    List<LengthBucket> inside = new ArrayList<>();
    for (long from = range.from(); from <= range.to(); ) {
      LengthBucket bucket = bucket((int) from);

      if (bucket.from() >= range.from() && bucket.to() <= range.to()) {
        inside.add(bucket);
      }

      from = bucket.to() + 1L;
    }

    return inside;
  }
}
