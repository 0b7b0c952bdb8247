package org.longspan.scoring;

import java.io.Serializable;
import org.longspan.gradient.PhrasePlan;
import org.longspan.measure.EmbeddingGradientsMeasurement.Norm;
import org.longspan.score.ParallelStructures;

/**
 * How the scores that read gradients are measured and computed, and the stand-in for one of them.
 *
 * @param structures settings of parallel structures
 * @param templates settings of parallel templates
 * @param denoising settings of context denoising
 */
public record GradientSettings(
    StructureSettings structures, TemplateSettings templates, DenoisingSettings denoising)
    implements Serializable {
  /** As published, where it is. */
  public static final GradientSettings PUBLISHED =
      new GradientSettings(
          new StructureSettings(
              ParallelStructures.PUBLISHED_WINDOW,
              8,
              PhrasePlan.PUBLISHED.batch(),
              PhrasePlan.PUBLISHED.segment(),
              ParallelStructures.PUBLISHED_RATE,
              0.1),
          new TemplateSettings(ParallelStructures.PUBLISHED_WINDOW, 8, 4, 64),
          new DenoisingSettings(0, 0, "l1"));

  /**
   * @param window tokens that are read at once
   * @param windows windows read of a document at most; 0: all
   * @param batch tokens of a batch of former phrases
   * @param segment tokens of a segment with latter phrases
   * @param rate of a step
   * @param share share of the highest values that the score is the mean of
   */
  public record StructureSettings(
      int window, int windows, int batch, int segment, double rate, double share)
      implements Serializable {
    PhrasePlan plan() {
      return new PhrasePlan(batch, segment);
    }
  }

  /**
   * @param window tokens in which templates recur
   * @param windows windows read of a document at most; 0: all
   * @param ngram tokens of a template
   * @param distance tokens between the ends of two uses at least
   */
  public record TemplateSettings(int window, int windows, int ngram, int distance)
      implements Serializable {}

  /**
   * @param response tokens at the end of a window whose loss counts; 0: an eighth of the window
   * @param distance tokens beyond which a token is far; 0: an eighth of the window
   * @param norm {@code l1} or {@code l2}: how long a gradient is
   */
  public record DenoisingSettings(int response, int distance, String norm) implements Serializable {
    Norm length() {
      return norm.equals("l1") ? Norm.L1 : Norm.L2;
    }
  }

  /** These settings with others of parallel structures. */
  public GradientSettings with(StructureSettings another) {
    return new GradientSettings(another, templates, denoising);
  }

  /** These settings with others of context denoising. */
  public GradientSettings with(DenoisingSettings another) {
    return new GradientSettings(structures, templates, another);
  }
}
