package org.longspan.score;

import java.util.Map;
import java.util.TreeMap;
import org.longspan.context.ContextWindows;
import org.longspan.context.Contexts;

/**
 * The long-range dependency that "Parallel Structures in Pre-training Data Yield In-Context
 * Learning", arXiv 2402.12530, takes as its baseline; it needs no gradients, unlike the paper's own
 * measure, {@link ParallelStructures}.
 *
 * <pre>
 *   DP(t) = ln p(t | all before it) - ln p(t | the rest of a segment of 12 tokens, 6 to 11 of them)
 *   score = mean of the highest tenth of DP
 * </pre>
 *
 * <p>The paper takes the highest p % of a corpus, p from 5 to 20, as its tokens of long-range
 * dependency, within windows of 1,024 tokens. Of a document the mean of the highest values is the
 * score: three of four tokens need no more than a hundred tokens before them (arXiv 2512.08082), so
 * a mean over all says little. Of a {@linkplain org.longspan.context.Part part} of the tokens it is
 * an estimate.
 *
 * <p>Details: {@code measured_tokens}, {@code mean} over all of them, and {@code gain_p95}, {@code
 * gain_p99}, {@code gain_trimmed_mean}, {@code gain_top_share} of DP. Cost: O(tokens log tokens).
 */
public final class Dependency implements Scorer<ContextWindows> {
  /** Tokens between the starts of two segments of twice as many, as published. */
  public static final int PUBLISHED_STEP = 6;

  private final Contrast contrast;
  private final double top;

  /**
   * @param shortContext what the short context is, and of which tokens
   * @param top the share of highest values that the score is the mean of, above 0 and at most 1
   */
  public Dependency(Contexts shortContext, double top) {
    if (!(top > 0 && top <= 1)) {
      throw new IllegalArgumentException(
          "The mean must be of a share of the tokens above 0 and at most 1, not %s."
              .formatted(top));
    }

    this.contrast = new Contrast(shortContext);
    this.top = top;
  }

  @Override
  public String name() {
    return "dependency";
  }

  @Override
  public Score score(ContextWindows measured) {
    GainSummary gains = new GainSummary();
    contrast.each(measured, (shortLoss, longLoss) -> gains.add(shortLoss - longLoss));

    if (gains.count() == 0) {
      return contrast.nothing(measured);
    }

    Map<String, Double> details = new TreeMap<>();
    details.put("measured_tokens", (double) gains.count());
    details.put("mean", gains.mean());
    gains.addTo(details);
    return Score.of(gains.topMean(top), details);
  }
}
