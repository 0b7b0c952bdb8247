package org.longspan.mix;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.longspan.length.LengthBorders;
import org.longspan.length.LengthBucket;

/**
 * Long documents have a share τ of the tokens. Among the long ones lengths keep their proportions,
 * and so they do among the short ones. With a share L before, long documents have the rate τ / L
 * and short ones (1 - τ) / (1 - L): where long documents are taken once, a short one is kept with
 * the probability r = L (1 - τ) / (τ (1 - L)), the keep ratio of Fu et al., arXiv 2402.10171.
 *
 * @param longFrom tokens from which a document is long, at least 1
 * @param share τ, from 0 to 1
 */
public record LongShare(int longFrom, double share) implements Lengths {
  public LongShare {
    if (longFrom < 1) {
      throw new IllegalArgumentException(
          "upsample.long-from must be at least 1 token, not " + longFrom + ".");
    }

    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "upsample.long-share must be between 0 and 1, not " + share + ".");
    }
  }

  @Override
  public List<LengthBucket> ranges() {
    return List.of(LengthBucket.below(longFrom), LengthBucket.atLeast(longFrom));
  }

  @Override
  public SortedMap<LengthBucket, Double> shares(
      LengthBorders borders, SortedMap<LengthBucket, Long> tokens) {
    SortedMap<LengthBucket, Double> byRange = new TreeMap<>();
    byRange.put(LengthBucket.below(longFrom), 1 - share);
    byRange.put(LengthBucket.atLeast(longFrom), share);
    return new LengthHistogram(byRange).shares(borders, tokens);
  }
}
