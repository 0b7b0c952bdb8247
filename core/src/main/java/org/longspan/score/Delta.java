package org.longspan.score;

import java.util.DoubleSummaryStatistics;
import java.util.Map;
import java.util.TreeMap;
import org.longspan.context.ContextWindows;
import org.longspan.context.Contexts;

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

  private final Contrast contrast;

  /**
   * @param shortContext what the short context is, and of which tokens
   */
  public Delta(Contexts shortContext) {
    this.contrast = new Contrast(shortContext);
  }

  @Override
  public String name() {
    return "delta";
  }

  @Override
  public Score score(ContextWindows measured) {
    DoubleSummaryStatistics longs = new DoubleSummaryStatistics();
    DoubleSummaryStatistics shorts = new DoubleSummaryStatistics();
    contrast.each(
        measured,
        (shortLoss, longLoss) -> {
          longs.accept(Math.exp(-longLoss));
          shorts.accept(Math.exp(-shortLoss));
        });

    if (longs.getCount() == 0) {
      return contrast.nothing(measured);
    }

    Map<String, Double> details = new TreeMap<>();
    details.put("measured_tokens", (double) longs.getCount());
    details.put("p_long", longs.getAverage());
    details.put("p_short", shorts.getAverage());
    return Score.of(longs.getAverage() - shorts.getAverage(), details);
  }
}
