package org.longspan.mix;

import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.longspan.length.LengthBucket;

/** What shares that a user gives must be. */
final class Shares {
  /** How far from 1 a sum may be: six decimals. */
  private static final double TOLERANCE = 1e-6;

  private Shares() {}

  /**
   * Shares must not be negative, and sum to 1.
   *
   * @param key where they are set
   */
  static void check(String key, Map<?, Double> shares) {
    double sum = 0;
    for (Map.Entry<?, Double> share : shares.entrySet()) {
      if (!(share.getValue() >= 0 && share.getValue() <= 1)) {
        throw new IllegalArgumentException(
            "%s gives %s the share %s; a share is from 0 to 1."
                .formatted(key, share.getKey(), share.getValue()));
      }

      sum += share.getValue();
    }

    if (Math.abs(sum - 1) > TOLERANCE) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "The shares of %s sum to %.6f, not to 1: divide each by that.",
              key,
              sum));
    }
  }

  /** Ranges must not overlap. */
  static void checkApart(String key, Iterable<LengthBucket> ranges) {
    SortedSet<LengthBucket> seen = new TreeSet<>();
    for (LengthBucket range : ranges) {
      if (!seen.isEmpty() && seen.last().overlaps(range)) {
        throw new IllegalArgumentException(
            "The ranges %s and %s of %s overlap; both ends of a range belong to it."
                .formatted(seen.last().label(), range.label(), key));
      }

      seen.add(range);
    }
  }
}
