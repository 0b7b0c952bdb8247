package org.longspan.score;

import java.util.Map;
import java.util.TreeMap;
import org.longspan.context.ContextWindow;
import org.longspan.context.ContextWindows;
import org.longspan.context.Contexts;
import org.longspan.context.WholePrefix;

/**
 * LTF, the share of tokens that are unlikely after some twenty tokens and likely after the long
 * context.
 *
 * <pre>
 *   score = share of tokens with p_short &lt; 0.05 and p_long &gt; 0.2
 * </pre>
 *
 * <p>Both bounds are strict. It is the form of {@link LongPpl}'s key tokens in probabilities, and
 * has the short context of {@link Delta}. Of a {@linkplain org.longspan.context.Part part} of the
 * tokens it is an estimate.
 *
 * <p>Details: {@code measured_tokens}, {@code ltf_tokens}. Cost: O(tokens).
 */
public final class Ltf implements Scorer<ContextWindows> {
  /** The probability after the short context that a token must stay below, as released. */
  public static final double PUBLISHED_BELOW = 0.05;

  /** The probability after the long context that a token must exceed, as released. */
  public static final double PUBLISHED_ABOVE = 0.2;

  private static final WholePrefix WHOLE = new WholePrefix();

  private final Contexts shortContext;
  private final double below;
  private final double above;

  /**
   * @param shortContext what the short context is, and of which tokens
   * @param below probability after the short context that a token must stay below
   * @param above probability after the long context that a token must exceed
   */
  public Ltf(Contexts shortContext, double below, double above) {
    this.shortContext = shortContext;
    this.below = below;
    this.above = above;
  }

  @Override
  public String name() {
    return "ltf";
  }

  @Override
  public Score score(ContextWindows measured) {
    long tokens = 0;
    long found = 0;

    for (ContextWindow window : measured.windows()) {
      float[] longLosses = window.losses(WHOLE);
      float[] shortLosses = window.losses(shortContext);

      for (int t = 0; t < longLosses.length; t++) {
        if (!Float.isNaN(shortLosses[t])) {
          tokens++;
          found += counts(Math.exp(-shortLosses[t]), Math.exp(-longLosses[t])) ? 1 : 0;
        }
      }
    }

    if (tokens == 0) {
      return Score.tooShort(
          "None of the document's %d tokens is measured under a short context."
              .formatted(measured.documentTokens()));
    }

    Map<String, Double> details = new TreeMap<>();
    details.put("measured_tokens", (double) tokens);
    details.put("ltf_tokens", (double) found);
    return Score.of((double) found / tokens, details);
  }

  /** Whether a token with these probabilities counts. */
  boolean counts(double shortProbability, double longProbability) {
    return shortProbability < below && longProbability > above;
  }
}
