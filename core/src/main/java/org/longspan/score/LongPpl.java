package org.longspan.score;

import java.util.Map;
import java.util.TreeMap;
import org.longspan.context.Blocks;
import org.longspan.context.ContextWindow;
import org.longspan.context.ContextWindows;
import org.longspan.context.WholePrefix;

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

  private static final WholePrefix WHOLE = new WholePrefix();

  private final Blocks shortContext;
  private final double alpha;
  private final double beta;

  /**
   * @param shortContext what the short context is; published: 4096 tokens, blocks of 1024
   * @param alpha gain in nats that a key token must exceed
   * @param beta log-probability under the long context that a key token must exceed
   */
  public LongPpl(Blocks shortContext, double alpha, double beta) {
    this.shortContext = shortContext;
    this.alpha = alpha;
    this.beta = beta;
  }

  @Override
  public String name() {
    return "longppl";
  }

  @Override
  public Score score(ContextWindows measured) {
    long eligible = 0;
    long keys = 0;
    double losses = 0;
    double keyLosses = 0;
    double positions = 0;
    double squares = 0;

    for (ContextWindow window : measured.windows()) {
      float[] longLosses = window.losses(WHOLE);
      float[] shortLosses = window.losses(shortContext);

      for (int t = shortContext.context(); t < longLosses.length; t++) {
        if (!window.counts(t)) {
          continue;
        }

        eligible++;
        losses += longLosses[t];

        if (isKey(shortLosses[t], longLosses[t])) {
          double position = (double) (window.start() + t) / measured.documentTokens();
          keys++;
          keyLosses += longLosses[t];
          positions += position;
          squares += position * position;
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
    details.put("key_tokens", (double) keys);
    details.put("perplexity", Math.exp(losses / eligible));

    if (keys > 0) {
      double mean = positions / keys;
      details.put("longppl", Math.exp(keyLosses / keys));
      details.put("key_spread", Math.sqrt(Math.max(0, squares / keys - mean * mean)));
    }

    return Score.of((double) keys / eligible, details);
  }

  /** Whether a token is a key token; both bounds are strict, as in the released code. */
  boolean isKey(double shortLoss, double longLoss) {
    return shortLoss - longLoss > alpha && -longLoss > beta;
  }
}
