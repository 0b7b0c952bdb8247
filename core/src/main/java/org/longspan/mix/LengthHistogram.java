package org.longspan.mix;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.longspan.length.LengthBorders;
import org.longspan.length.LengthBucket;

/**
 * Each of some ranges of lengths has a share of the tokens, and lengths outside of them have none.
 * Inside a range lengths keep their proportions, so all its documents have one rate.
 *
 * @param byRange shares by range; ranges do not overlap, shares sum to 1
 */
public record LengthHistogram(SortedMap<LengthBucket, Double> byRange) implements Lengths {
  public LengthHistogram {
    byRange = Collections.unmodifiableSortedMap(new TreeMap<>(byRange));
    Shares.check("upsample.lengths", byRange);
    Shares.checkApart("upsample.lengths", byRange.keySet());
  }

  @Override
  public List<LengthBucket> ranges() {
    return List.copyOf(byRange.keySet());
  }

  @Override
  public SortedMap<LengthBucket, Double> shares(
      LengthBorders borders, SortedMap<LengthBucket, Long> tokens) {
    SortedMap<LengthBucket, Double> shares = new TreeMap<>();
    byRange.forEach((range, share) -> spread(borders.inside(range), tokens, share, shares));
    return shares;
  }

  /**
   * Gives neighbouring buckets a share of the whole in proportion to their tokens; where all are
   * empty, the range that they make together.
   */
  static void spread(
      List<LengthBucket> buckets,
      SortedMap<LengthBucket, Long> tokens,
      double share,
      SortedMap<LengthBucket, Double> into) {
    long all = buckets.stream().mapToLong(bucket -> tokens.getOrDefault(bucket, 0L)).sum();
    if (all == 0) {
      LengthBucket last = buckets.get(buckets.size() - 1);
      into.put(new LengthBucket(buckets.get(0).from(), last.to()), share);
      return;
    }

    for (LengthBucket bucket : buckets) {
      long there = tokens.getOrDefault(bucket, 0L);

      if (there > 0) {
        into.put(bucket, share * there / all);
      }
    }
  }
}
