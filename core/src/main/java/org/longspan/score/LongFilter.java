package org.longspan.score;

import java.util.Map;
import java.util.TreeMap;
import org.longspan.context.ContextWindow;
import org.longspan.context.ContextWindows;
import org.longspan.context.SlidingWindow;
import org.longspan.context.WholePrefix;

/**
 * LongFilter, "Beyond Length", arXiv 2510.25804: how much more of each token the long context
 * knows, weighted by how sure it is.
 *
 * <pre>
 *   gain(t) = p_long(t) ln(p_long(t) / p_short(t)) = exp(-long(t)) (short(t) - long(t))
 *   score   = mean of gain over all tokens (equation 6 and 7)
 * </pre>
 *
 * <p>The tokens of the first short window have equal contexts and so a gain of exactly 0; the
 * published mean counts them, which is why {@link Over#ALL} is the default. They are a sixteenth of
 * the published windows but half of a document of two short windows, so documents of very different
 * lengths are better compared {@linkplain Over#ELIGIBLE over the others}. A gain lies in [-1/e,
 * short]; it is not clipped, as published. How far the short windows overlap is not published: the
 * default is half of a window.
 *
 * <p>Details: {@code tokens} and {@code eligible_tokens} that count, {@code mean_all}, {@code
 * mean_eligible}, and the spread of the eligible gains ({@code gain_p95}, {@code gain_p99}, {@code
 * gain_trimmed_mean}, {@code gain_top_share}). Cost: O(tokens log tokens).
 */
public final class LongFilter implements Scorer<ContextWindows> {
  private static final WholePrefix WHOLE = new WholePrefix();

  private final SlidingWindow shortContext;
  private final Over over;

  /**
   * @param shortContext what the short context is
   * @param over which tokens the mean is of
   */
  public LongFilter(SlidingWindow shortContext, Over over) {
    this.shortContext = shortContext;
    this.over = over;
  }

  /** Which tokens a mean is of. */
  public enum Over {
    /** All tokens, as published. */
    ALL,
    /** The tokens after the first short window, where the contexts differ. */
    ELIGIBLE
  }

  @Override
  public String name() {
    return "longfilter";
  }

  @Override
  public Score score(ContextWindows measured) {
    long counted = 0;
    GainSummary gains = new GainSummary();

    for (ContextWindow window : measured.windows()) {
      counted += window.counted();
      float[] longLosses = window.losses(WHOLE);
      float[] shortLosses = window.losses(shortContext);

      for (int t = shortContext.window(); t < longLosses.length; t++) {
        if (window.counts(t)) {
          gains.add(gain(shortLosses[t], longLosses[t]));
        }
      }
    }

    if (gains.count() == 0) {
      return Score.tooShort(
          "None of the document's %d tokens has more before it than a short window of %d tokens."
              .formatted(measured.documentTokens(), shortContext.window()));
    }

    double all = gains.sum() / counted;
    Map<String, Double> details = new TreeMap<>();
    details.put("tokens", (double) counted);
    details.put("eligible_tokens", (double) gains.count());
    details.put("mean_all", all);
    details.put("mean_eligible", gains.mean());
    gains.addTo(details);
    return Score.of(over == Over.ALL ? all : gains.mean(), details);
  }

  /** p ln(p / q) of one token with p = e^-longLoss and q = e^-shortLoss. */
  static double gain(double shortLoss, double longLoss) {
    return Math.exp(-longLoss) * (shortLoss - longLoss);
  }
}
