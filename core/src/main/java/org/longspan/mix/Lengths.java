package org.longspan.mix;

import java.util.List;
import java.util.SortedMap;
import org.longspan.length.LengthBorders;
import org.longspan.length.LengthBucket;

/** Who decides how the tokens of a domain, or of a corpus, are spread over lengths. */
public interface Lengths {
  /** Lengths that are told apart; each must be a number of whole buckets. */
  List<LengthBucket> ranges();

  /**
   * Shares of length buckets, which sum to 1. A range that is to have tokens and has none has its
   * share at its first bucket.
   *
   * @param borders of the buckets
   * @param tokens that there are by bucket, at least 1 in all
   */
  SortedMap<LengthBucket, Double> shares(
      LengthBorders borders, SortedMap<LengthBucket, Long> tokens);
}
