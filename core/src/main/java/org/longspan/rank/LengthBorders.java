package org.longspan.rank;

import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.longspan.mix.LengthBucket;

/**
 * Where length buckets begin: a document of n tokens is in the bucket that begins at the last
 * border that is not above n, and below the first border in one that begins at 0.
 *
 * @param borders tokens, ascending, each from 1; none: one bucket
 */
public record LengthBorders(List<Integer> borders) implements Serializable {
  /** Each bucket twice as long as the one before, from 1,024 tokens to a million. */
  public static final LengthBorders DOUBLING =
      new LengthBorders(IntStream.rangeClosed(10, 20).mapToObj(bits -> 1 << bits).toList());

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

  /** The bucket of a length, 0 or more. O(log borders). */
  public LengthBucket bucket(int tokens) {
    int found = Collections.binarySearch(borders, tokens);
    int next = found >= 0 ? found + 1 : -found - 1;
    return new LengthBucket(
        next == 0 ? 0 : borders.get(next - 1),
        next == borders.size() ? Integer.MAX_VALUE : borders.get(next) - 1);
  }
}
