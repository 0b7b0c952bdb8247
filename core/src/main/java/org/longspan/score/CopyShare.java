package org.longspan.score;

import java.util.BitSet;
import java.util.DoubleSummaryStatistics;
import java.util.Map;
import java.util.TreeMap;
import org.longspan.context.Blocks;
import org.longspan.context.ContextWindow;
import org.longspan.context.ContextWindows;
import org.longspan.context.CopiedTokens;

/**
 * How much of what a long context gives is more than verbatim repetition, Longspan's own.
 *
 * <pre>
 *   gain(t)    = max(0, ln p_long(t) - ln p_short(t))
 *   copy share = gain of the tokens that end an exact n-gram seen far before / gain of all tokens
 *   score      = 1 - copy share, in [0, 1]
 * </pre>
 *
 * <p>All scores that contrast contexts reward a document that says the same twice; this one says
 * how much of their gain that is. Losses are left out of both sums, so that the share stays a
 * share. A document in which no token gains has none.
 *
 * <p>Details: {@code copy_share}, {@code copied_tokens} and {@code eligible_tokens} (those after
 * the first short context), {@code gain} a token in nats. Cost: O(tokens).
 */
public final class CopyShare implements Scorer<ContextWindows> {
  private final Blocks shortContext;
  private final Contrast contrast;
  private final CopiedTokens copied;

  /**
   * @param shortContext what the short context is
   * @param copied what a copy is; its distance should be at least the short context
   */
  public CopyShare(Blocks shortContext, CopiedTokens copied) {
    this.shortContext = shortContext;
    this.contrast = new Contrast(shortContext);
    this.copied = copied;
  }

  @Override
  public String name() {
    return "copy-share";
  }

  @Override
  public Score score(ContextWindows measured) {
    BitSet copies = copies(measured);
    DoubleSummaryStatistics gains = new DoubleSummaryStatistics();
    DoubleSummaryStatistics copyGains = new DoubleSummaryStatistics();
    contrast.eachPlaced(
        measured,
        (token, shortLoss, longLoss) -> {
          double gain = Math.max(0, shortLoss - longLoss);
          gains.accept(gain);

          if (copies.get(token)) {
            copyGains.accept(gain);
          }
        });

    if (gains.getSum() == 0) {
      return Score.tooShort(
          "None of the document's %d tokens, %d of them with a short context of %d tokens before it, gains anything from a longer one, so there is nothing to share."
              .formatted(measured.documentTokens(), gains.getCount(), shortContext.context()));
    }

    double share = copyGains.getSum() / gains.getSum();
    Map<String, Double> details = new TreeMap<>();
    details.put("copy_share", share);
    details.put("copied_tokens", (double) copyGains.getCount());
    details.put("eligible_tokens", (double) gains.getCount());
    details.put("gain", gains.getAverage());
    return Score.of(1 - share, details);
  }

  /** The document's tokens that are copies within their window. */
  private BitSet copies(ContextWindows measured) {
    BitSet copies = new BitSet(measured.documentTokens());

    for (ContextWindow window : measured.windows()) {
      copied.of(window.tokens()).stream().forEach(t -> copies.set(window.start() + t));
    }

    return copies;
  }
}
