package org.longspan.score;

import java.util.Map;
import java.util.TreeMap;
import org.longspan.context.ContextWindow;
import org.longspan.context.ContextWindows;
import org.longspan.context.Contexts;
import org.longspan.context.WholePrefix;

/**
 * Context sensitivity: how much more probable the long context makes a token than some twenty
 * tokens before it do.
 *
 * <pre>
 *   score = mean of p_long(t) - p_short(t)        in [-1, 1]
 * </pre>
 *
 * <p>A difference of probabilities is bounded, so that no single token can make the score, as in a
 * difference of losses. Of a {@linkplain org.longspan.context.Part part} of the tokens it is an
 * estimate. The released code gives every token exactly 20 tokens before it; a {@linkplain
 * org.longspan.context.Blocks block} that starts together gives 20 and more, at a fraction of the
 * cost. {@link Ltf} counts tokens by thresholds in its place.
 *
 * <p>Details: {@code measured_tokens}, {@code p_long} and {@code p_short}, the two means. Cost:
 * O(tokens).
 */
public final class Delta implements Scorer<ContextWindows> {
  /** Tokens of short context, as in the released code. */
  public static final int PUBLISHED_CONTEXT = 20;

  private static final WholePrefix WHOLE = new WholePrefix();

  private final Contexts shortContext;

  /**
   * @param shortContext what the short context is, and of which tokens
   */
  public Delta(Contexts shortContext) {
    this.shortContext = shortContext;
  }

  @Override
  public String name() {
    return "delta";
  }

  @Override
  public Score score(ContextWindows measured) {
    long tokens = 0;
    double longs = 0;
    double shorts = 0;

    for (ContextWindow window : measured.windows()) {
      float[] longLosses = window.losses(WHOLE);
      float[] shortLosses = window.losses(shortContext);

      for (int t = 0; t < longLosses.length; t++) {
        if (!Float.isNaN(shortLosses[t])) {
          tokens++;
          longs += Math.exp(-longLosses[t]);
          shorts += Math.exp(-shortLosses[t]);
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
    details.put("p_long", longs / tokens);
    details.put("p_short", shorts / tokens);
    return Score.of((longs - shorts) / tokens, details);
  }
}
