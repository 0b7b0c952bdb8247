package org.longspan.score;

import java.util.Map;
import java.util.TreeMap;
import org.longspan.context.Blocks;
import org.longspan.context.ChunkEnds;
import org.longspan.context.ContextWindow;
import org.longspan.context.ContextWindows;
import org.longspan.context.Contexts;

/**
 * The perplexity filter of the InternLM2 technical report, arXiv 2403.17297, section 3.1.3: does a
 * segment help to predict the one after it?
 *
 * <pre>
 *   d     = PPL(S2 | S1) - PPL(S2)           of the same tokens: S2 without its first one
 *   score = -mean of d over all joints between two whole segments
 * </pre>
 *
 * <p>Related text has a negative d; where d is above 0, S1 distracts: broken joins of pages, random
 * snippets, bad OCR. The report removes what has a d above a threshold of its domain and language,
 * and compares differences only, never perplexities, so that the model's taste for a kind of text
 * counts less. It states neither the segments' length, nor the thresholds, nor how several joints
 * become one number: their mean is chosen here, and segments of 256 tokens unless set. {@link
 * Difference#PERPLEXITY} is the default because it is what is printed; a segment of very high
 * perplexity can outweigh all others there, and {@link Difference#LOSS} can't be carried away like
 * that. Thresholds are applied after scoring, as ranks within a domain or as a score for it.
 *
 * <p>Details: {@code joints}, {@code distracting_share} (those with d &gt; 0), {@code max} of d,
 * {@code mean_perplexity_difference}, {@code mean_loss_difference}. Cost: O(tokens).
 */
public final class InternLm2 implements Scorer<ContextWindows> {
  private final int segment;
  private final Difference difference;

  /**
   * @param segment tokens of a segment, at least 2
   * @param difference what is compared
   */
  public InternLm2(int segment, Difference difference) {
    if (segment < 2) {
      throw new IllegalArgumentException(
          "A segment must have at least 2 tokens, one to predict after the other, not %d."
              .formatted(segment));
    }

    this.segment = segment;
    this.difference = difference;
  }

  /** What is compared. */
  public enum Difference {
    /** Perplexities, as published. */
    PERPLEXITY,
    /** Mean losses, the logarithms of the perplexities. */
    LOSS
  }

  /** Each segment after the one before it. */
  public static Contexts after(int segment) {
    return new Blocks(segment, segment);
  }

  /** Each segment alone. */
  public static Contexts alone(int segment) {
    return new ChunkEnds(segment, segment, segment - 1);
  }

  @Override
  public String name() {
    return "internlm2";
  }

  @Override
  public Score score(ContextWindows measured) {
    GainSummary differences = new GainSummary();
    long distracting = 0;
    double max = Double.NEGATIVE_INFINITY;
    double perplexities = 0;
    double losses = 0;

    for (ContextWindow window : measured.windows()) {
      float[] after = window.losses(after(segment));
      float[] alone = window.losses(alone(segment));

      for (int from = segment; from + segment <= after.length; from += segment) {
        double afterLoss = CountedMean.of(after, from + 1, from + segment);
        double aloneLoss = CountedMean.of(alone, from + 1, from + segment);

        if (Double.isNaN(afterLoss)) {
          continue;
        }

        double perplexity = Math.exp(afterLoss) - Math.exp(aloneLoss);
        double loss = afterLoss - aloneLoss;
        double d = difference == Difference.PERPLEXITY ? perplexity : loss;
        differences.add(d);
        distracting += d > 0 ? 1 : 0;
        max = Math.max(max, d);
        perplexities += perplexity;
        losses += loss;
      }
    }

    if (differences.count() == 0) {
      return Score.tooShort(
          "The document's %d tokens have no joint between two segments of %d tokens."
              .formatted(measured.documentTokens(), segment));
    }

    int joints = differences.count();
    Map<String, Double> details = new TreeMap<>();
    details.put("joints", (double) joints);
    details.put("distracting_share", (double) distracting / joints);
    details.put("max", max);
    details.put("mean_perplexity_difference", perplexities / joints);
    details.put("mean_loss_difference", losses / joints);
    return Score.of(-differences.mean(), details);
  }
}
