package org.longspan.score;

import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.Map;
import java.util.TreeMap;
import org.longspan.context.Blocks;
import org.longspan.context.ContextWindows;

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

  private final Blocks shortContext;
  private final Contrast contrast;
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
    this.contrast = new Contrast(shortContext);
    this.gamma = gamma;
  }

  @Override
  public String name() {
    return "longce";
  }

  @Override
  public Score score(ContextWindows measured) {
    DoubleSummaryStatistics weights = new DoubleSummaryStatistics();
    DoubleSummaryStatistics capped = new DoubleSummaryStatistics();
    contrast.each(
        measured,
        (shortLoss, longLoss) -> {
          double weight = weight(shortLoss, longLoss);
          weights.accept(weight);
          capped.accept(weight == gamma ? 1 : 0);
        });

    if (weights.getCount() == 0) {
      return Score.tooShort(
          "None of the document's %d tokens has a short context of %d tokens before it."
              .formatted(measured.documentTokens(), shortContext.context()));
    }

    Map<String, Double> details = new TreeMap<>();
    details.put("eligible_tokens", (double) weights.getCount());
    details.put("capped_share", capped.getAverage());
    return Score.of(weights.getAverage(), details);
  }

  /** A weight for each token of the document; 1 where it was not measured. */
  @Override
  public float[] weights(ContextWindows measured) {
    float[] weights = new float[measured.documentTokens()];
    Arrays.fill(weights, 1);
    contrast.eachPlaced(
        measured,
        (token, shortLoss, longLoss) -> weights[token] = (float) weight(shortLoss, longLoss));
    return weights;
  }

  private double weight(double shortLoss, double longLoss) {
    return Math.min(Math.exp(shortLoss - longLoss), gamma);
  }
}
