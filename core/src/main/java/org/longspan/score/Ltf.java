package org.longspan.score;

import java.util.DoubleSummaryStatistics;
import java.util.Map;
import java.util.TreeMap;
import org.longspan.context.ContextWindows;
import org.longspan.context.Contexts;

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

  private final Contrast contrast;
  private final double below;
  private final double above;

  /**
   * @param shortContext what the short context is, and of which tokens
   * @param below probability after the short context that a token must stay below
   * @param above probability after the long context that a token must exceed
   */
  public Ltf(Contexts shortContext, double below, double above) {
    this.contrast = new Contrast(shortContext);
    this.below = below;
    this.above = above;
  }

  @Override
  public String name() {
    return "ltf";
  }

  @Override
  public Score score(ContextWindows measured) {
    DoubleSummaryStatistics found = new DoubleSummaryStatistics();
    contrast.each(
        measured,
        (shortLoss, longLoss) ->
            found.accept(counts(Math.exp(-shortLoss), Math.exp(-longLoss)) ? 1 : 0));

    if (found.getCount() == 0) {
      return contrast.nothing(measured);
    }

    Map<String, Double> details = new TreeMap<>();
    details.put("measured_tokens", (double) found.getCount());
    details.put("ltf_tokens", found.getSum());
    return Score.of(found.getAverage(), details);
  }

  /** Whether a token with these probabilities counts. */
  boolean counts(double shortProbability, double longProbability) {
    return shortProbability < below && longProbability > above;
  }
}
