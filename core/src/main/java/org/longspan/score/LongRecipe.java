package org.longspan.score;

import java.util.Map;
import java.util.TreeMap;
import org.longspan.context.ContextWindow;
import org.longspan.context.ContextWindows;
import org.longspan.context.WholePrefix;

/**
 * LongRecipe's impactful tokens, arXiv 2409.00509: the tokens that a model extended to long context
 * predicts better than the base model that it was made from, both under the same whole prefix.
 *
 * <pre>
 *   gain(t) = ln p_extended(t) - ln p_base(t)
 *   score   = mean of gain over the impactful tokens, the fifth with the highest gain
 * </pre>
 *
 * <p>The extended model is the main one, the base model its companion. The paper subtracts raw
 * logits; two models' logits may differ by a constant that no prediction shows, so
 * log-probabilities, which lack it, are subtracted here. The paper also sums differences by
 * vocabulary entry to see which kinds of token gain; a document's score keeps its own tokens. What
 * the paper then does with them, leaving out sentences without an impactful token, is no score.
 *
 * <p>Details: {@code tokens}, {@code impactful_tokens}, {@code impactful_from} (their least gain),
 * {@code impactful_share} (their share of all positive gain) and {@code gain_mean} over all tokens.
 * Cost: O(tokens log tokens).
 */
public final class LongRecipe implements Scorer<ContextWindows> {
  /** The share of tokens that is impactful, as published. */
  public static final double PUBLISHED_SHARE = 0.2;

  private static final WholePrefix WHOLE = new WholePrefix();

  private final double share;

  /**
   * @param share the share of a document's tokens that is impactful, above 0 and up to 1; one token
   *     at least
   */
  public LongRecipe(double share) {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "The share of impactful tokens must be above 0 and up to 1, not %s.".formatted(share));
    }

    this.share = share;
  }

  @Override
  public String name() {
    return "longrecipe";
  }

  @Override
  public Score score(ContextWindows measured) {
    GainSummary gains = new GainSummary();

    for (ContextWindow window : measured.windows()) {
      float[] extended = window.losses(WHOLE);
      float[] base = window.companionLosses();

      for (int t = 1; t < extended.length; t++) {
        if (window.counts(t)) {
          gains.add((double) base[t] - extended[t]);
        }
      }
    }

    if (gains.count() == 0) {
      return Score.tooShort(
          "None of the document's %d tokens that count has a token before it."
              .formatted(measured.documentTokens()));
    }

    int impactful = (int) Math.max(1, Math.round(share * gains.count()));
    double[] highest = gains.highest(impactful);
    Map<String, Double> details = new TreeMap<>();
    details.put("tokens", (double) gains.count());
    details.put("impactful_tokens", (double) impactful);
    details.put("impactful_from", highest[0]);
    details.put("impactful_share", gains.shareOf(highest));
    details.put("gain_mean", gains.mean());
    return Score.of(mean(highest), details);
  }

  private static double mean(double[] values) {
    double sum = 0;

    for (double value : values) {
      sum += value;
    }

    return sum / values.length;
  }
}
