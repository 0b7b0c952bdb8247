package org.longspan.conf;

import java.util.List;

/**
 * Which scores are computed.
 *
 * @param scorers names; the first one ranks documents in upsample
 * @param minTokens documents below this many tokens are {@code too-short}, without a model pass
 * @param shardTokens about how many measured tokens commit together
 * @param prolong ProLong's settings
 */
public record ScoreConfiguration(
    @Limit.Required("No scorer is set: name one at least, such as scorers = [prolong].")
        @Limit.OneOf("prolong")
        List<String> scorers,
    @Limit.AtLeast(0) int minTokens,
    @Limit.AtLeast(1) long shardTokens,
    ProLongConfiguration prolong) {
  public ScoreConfiguration {
    scorers = List.copyOf(scorers);
  }

  /**
   * ProLong, arXiv 2405.17915.
   *
   * @param segment tokens of a segment
   * @param window tokens of which segments are drawn; longer documents are sampled
   * @param pairs pairs measured a document; 0: all
   * @param sampling {@code uniform} or {@code stratified}
   * @param unmeasured {@code left-out} or {@code predicted}
   * @param mode {@code code} or {@code paper}
   * @param threshold strength below which a pair does not count
   * @param specificity {@code perplexity} or {@code loss}
   * @param temperature nats a token, of the specificity of losses
   * @param aggregate {@code sum} or {@code mean}
   */
  public record ProLongConfiguration(
      @Limit.AtLeast(2) int segment,
      @Limit.AtLeast(4) int window,
      @Limit.AtLeast(1) @Limit.Word(value = "all", means = 0) int pairs,
      @Limit.OneOf({"uniform", "stratified"}) String sampling,
      @Limit.OneOf({"left-out", "predicted"}) String unmeasured,
      @Limit.OneOf({"code", "paper"}) String mode,
      @Limit.AtLeast(0) double threshold,
      @Limit.OneOf({"perplexity", "loss"}) String specificity,
      @Limit.Inside(low = 0, high = 100) double temperature,
      @Limit.OneOf({"sum", "mean"}) String aggregate) {}
}
