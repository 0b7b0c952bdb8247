package org.longspan.conf;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which scores are computed.
 *
 * @param scorers names
 * @param minTokens documents below this many tokens are {@code too-short}, without a model pass
 * @param shardTokens about how many measured tokens commit together
 * @param prolong ProLong's settings
 * @param combine how scores are joined into one more
 */
public record ScoreConfiguration(
    @Limit.Required("No scorer is set: name one at least, such as scorers = [prolong].")
        @Limit.OneOf({"compressibility", "prolong"})
        List<String> scorers,
    @Limit.AtLeast(0) int minTokens,
    @Limit.AtLeast(1) long shardTokens,
    ProLongConfiguration prolong,
    CombineConfiguration combine) {
  /** The name of the score that joins others. */
  static final String COMBINED = "combined";

  public ScoreConfiguration {
    scorers = List.copyOf(scorers);
  }

  /**
   * ProLong, arXiv 2405.17915.
   *
   * @param segment tokens of a segment
   * @param window tokens of which segments are drawn; longer documents are sampled
   * @param pairs pairs measured a document; 0: all
   * @param mode {@code code} or {@code paper}
   * @param threshold strength below which a pair does not count
   */
  public record ProLongConfiguration(
      @Limit.AtLeast(2) int segment,
      @Limit.AtLeast(4) int window,
      @Limit.AtLeast(1) @Limit.Word(value = "all", means = 0) int pairs,
      @Limit.OneOf({"code", "paper"}) String mode,
      @Limit.AtLeast(0) double threshold) {}

  /** Whether there is a score of this name. */
  boolean gives(String scorer) {
    return scorers.contains(scorer) || (scorer.equals(COMBINED) && combine.isSet());
  }

  /**
   * How scores are joined.
   *
   * @param weights by scorer; none: no score is joined
   * @param borders tokens at which length buckets begin
   * @param minGroup documents below which a group is ranked within a larger one
   */
  public record CombineConfiguration(
      Map<String, Double> weights, List<Integer> borders, @Limit.AtLeast(1) long minGroup) {
    public CombineConfiguration {
      weights = Collections.unmodifiableSortedMap(new TreeMap<>(weights));
      borders = List.copyOf(borders);
    }

    /** Whether a combined score is wanted. */
    public boolean isSet() {
      return !weights.isEmpty();
    }
  }
}
