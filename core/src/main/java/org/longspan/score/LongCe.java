package org.longspan.score;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.longspan.context.Blocks;
import org.longspan.context.ContextWindow;
import org.longspan.context.ContextWindows;
import org.longspan.context.WholePrefix;

/**
 * LongCE's token weights, arXiv 2410.23771: how much a trainer should care for each token.
 *
 * <pre>
 *   weight(t) = min(exp(ln p_long(t) - ln p_short(t)), gamma)     gamma = 5, not clipped below
 *   score     = mean weight of the tokens after the first short context
 * </pre>
 *
 * <p>A weight is below 1 where the long context hurts. Tokens of the first short context have
 * weight 1 and are not part of the mean. Details: {@code eligible_tokens}, {@code capped_share},
 * the share of them whose weight is gamma. Cost: O(tokens).
 */
public final class LongCe implements Scorer<ContextWindows>, TokenWeights<ContextWindows> {
  /** The highest weight, as published. */
  public static final double PUBLISHED_GAMMA = 5;

  private static final WholePrefix WHOLE = new WholePrefix();

  private final Blocks shortContext;
  private final double gamma;

  /**
   * @param shortContext what the short context is; published: 4096 tokens, blocks of 1024
   * @param gamma the highest weight, above 1
   */
  public LongCe(Blocks shortContext, double gamma) {
    if (!(gamma > 1)) {
      throw new IllegalArgumentException(
          "LongCE's highest weight must be above 1, the weight of a token that gains nothing, not %s."
              .formatted(gamma));
    }

    this.shortContext = shortContext;
    this.gamma = gamma;
  }

  @Override
  public String name() {
    return "longce";
  }

  @Override
  public Score score(ContextWindows measured) {
    long eligible = 0;
    long capped = 0;
    double weights = 0;

    for (ContextWindow window : measured.windows()) {
      float[] longLosses = window.losses(WHOLE);
      float[] shortLosses = window.losses(shortContext);

      for (int t = shortContext.context(); t < longLosses.length; t++) {
        if (window.counts(t)) {
          double weight = weight(shortLosses[t], longLosses[t]);
          eligible++;
          weights += weight;
          capped += weight == gamma ? 1 : 0;
        }
      }
    }

    if (eligible == 0) {
      return Score.tooShort(
          "None of the document's %d tokens has a short context of %d tokens before it."
              .formatted(measured.documentTokens(), shortContext.context()));
    }

    Map<String, Double> details = new TreeMap<>();
    details.put("eligible_tokens", (double) eligible);
    details.put("capped_share", (double) capped / eligible);
    return Score.of(weights / eligible, details);
  }

  /** A weight for each token of the document; 1 where it was not measured. */
  @Override
  public float[] weights(ContextWindows measured) {
    float[] weights = new float[measured.documentTokens()];
    Arrays.fill(weights, 1);

    for (ContextWindow window : measured.windows()) {
      float[] longLosses = window.losses(WHOLE);
      float[] shortLosses = window.losses(shortContext);

      for (int t = shortContext.context(); t < longLosses.length; t++) {
        if (window.counts(t)) {
          weights[window.start() + t] = (float) weight(shortLosses[t], longLosses[t]);
        }
      }
    }

    return weights;
  }

  private double weight(double shortLoss, double longLoss) {
    return Math.min(Math.exp(shortLoss - longLoss), gamma);
  }
}
