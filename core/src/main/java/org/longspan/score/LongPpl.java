package org.longspan.score;

import java.util.DoubleSummaryStatistics;
import java.util.Map;
import java.util.TreeMap;
import org.longspan.context.Blocks;
import org.longspan.context.ContextWindows;

/**
 * LongPPL's key tokens, "What is Wrong with Perplexity for Long-context Language Modeling?", arXiv
 * 2410.23771: the tokens that a long context makes predictable.
 *
 * <pre>
 *   gain(t)  = ln p_long(t) - ln p_short(t)
 *   key(t)   = gain(t) &gt; alpha  and  ln p_long(t) &gt; beta        alpha = 2, beta = -2
 *   LongPPL  = exp(mean of -ln p_long over the key tokens)
 * </pre>
 *
 * <p>LongPPL judges a model; of a document it is the share of key tokens that says something, so
 * that share is the score: higher is better. It is small (below a hundredth in the published texts)
 * and so noisy in short documents. Without key tokens there is no {@code longppl}.
 *
 * <p>Details: {@code eligible_tokens} (those after the first short context), {@code key_tokens},
 * {@code longppl}, {@code perplexity} of the eligible tokens under the long context, {@code
 * key_spread} (standard deviation of the key tokens' positions over the document's length, the
 * second statistic that OLMo 3 tried, arXiv 2512.13961). Cost: O(tokens).
 */
public final class LongPpl implements Scorer<ContextWindows> {
  /** Gain in nats that a key token must exceed, as published. */
  public static final double PUBLISHED_ALPHA = 2;

  /** Log-probability under the long context that a key token must exceed, as published. */
  public static final double PUBLISHED_BETA = -2;

  private final Blocks shortContext;
  private final Contrast contrast;
  private final double alpha;
  private final double beta;

  /**
   * @param shortContext what the short context is; published: 4096 tokens, blocks of 1024
   * @param alpha gain in nats that a key token must exceed
   * @param beta log-probability under the long context that a key token must exceed
   */
  public LongPpl(Blocks shortContext, double alpha, double beta) {
    this.shortContext = shortContext;
    this.contrast = new Contrast(shortContext);
    this.alpha = alpha;
    this.beta = beta;
  }

  @Override
  public String name() {
    return "longppl";
  }

  @Override
  public Score score(ContextWindows measured) {
    DoubleSummaryStatistics losses = new DoubleSummaryStatistics();
    DoubleSummaryStatistics keyLosses = new DoubleSummaryStatistics();
    DoubleSummaryStatistics positions = new DoubleSummaryStatistics();
    DoubleSummaryStatistics squares = new DoubleSummaryStatistics();
    contrast.eachPlaced(
        measured,
        (token, shortLoss, longLoss) -> {
          losses.accept(longLoss);

          if (isKey(shortLoss, longLoss)) {
            double position = (double) token / measured.documentTokens();
            keyLosses.accept(longLoss);
            positions.accept(position);
            squares.accept(position * position);
          }
        });

    if (losses.getCount() == 0) {
      return Score.tooShort(
          "None of the document's %d tokens has a short context of %d tokens before it."
              .formatted(measured.documentTokens(), shortContext.context()));
    }

    Map<String, Double> details = new TreeMap<>();
    details.put("eligible_tokens", (double) losses.getCount());
    details.put("key_tokens", (double) keyLosses.getCount());
    details.put("perplexity", Math.exp(losses.getAverage()));

    if (keyLosses.getCount() > 0) {
      double mean = positions.getAverage();
      details.put("longppl", Math.exp(keyLosses.getAverage()));
      details.put("key_spread", Math.sqrt(Math.max(0, squares.getAverage() - mean * mean)));
    }

    return Score.of((double) keyLosses.getCount() / losses.getCount(), details);
  }

  /** Whether a token is a key token; both bounds are strict, as in the released code. */
  boolean isKey(double shortLoss, double longLoss) {
    return shortLoss - longLoss > alpha && -longLoss > beta;
  }
}
