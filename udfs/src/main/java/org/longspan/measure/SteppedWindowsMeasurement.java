package org.longspan.measure;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.longspan.gradient.PhrasePlan;
import org.longspan.gradient.SteppedWindow;
import org.longspan.gradient.SteppedWindows;
import org.longspan.model.GradientModel;

/**
 * Measures {@link SteppedWindows}: one step of gradient descent for each batch of former phrases,
 * and the losses of the latter phrases behind it before and after.
 *
 * <p>A batch's tokens see all of the window before them, so a step is the gradient of a pass over
 * the window up to the batch's end. Windows are read one by one; memory is that of a step, see
 * {@link GradientModel}, whatever the documents.
 */
public final class SteppedWindowsMeasurement {
  private final GradientModel model;
  private final PhrasePlan plan;
  private final double rate;

  /**
   * @param model shared with other threads
   * @param plan which phrases are compared
   * @param rate of a step
   */
  public SteppedWindowsMeasurement(GradientModel model, PhrasePlan plan, double rate) {
    this.model = model;
    this.plan = plan;
    this.rate = rate;
  }

  /**
   * Measures a document. Never throws for what is wrong with it.
   *
   * @param documentTokens tokens of the whole document
   * @param windows what is read of it
   */
  public Measured<SteppedWindows> measure(int documentTokens, List<TokenWindow> windows) {
    try {
      return Measured.of(
          new SteppedWindows(documentTokens, plan, windows.stream().map(this::measure).toList()));
    } catch (RuntimeException e) {
      return Measured.failed("The model failed: " + e.getMessage());
    }
  }

  private SteppedWindow measure(TokenWindow window) {
    int[] tokens = window.tokens();
    float[][] gains = new float[plan.batches(tokens.length)][];

    if (gains.length > 0) {
      int[][] segments =
          IntStream.range(0, plan.segments(tokens.length))
              .map(plan::segmentStart)
              .mapToObj(start -> Arrays.copyOfRange(tokens, start, start + plan.segment()))
              .toArray(int[][]::new);
      float[][] before = model.losses(segments);

      for (int b = 0; b < gains.length; b++) {
        int from = plan.firstSegment(b);
        float[][] after =
            model.lossesAfterStep(
                Arrays.copyOf(tokens, plan.end(b)),
                plan.first(b),
                rate,
                Arrays.copyOfRange(segments, from, segments.length));
        gains[b] = gains(Arrays.copyOfRange(before, from, segments.length), after);
      }
    }

    return new SteppedWindow(window.start(), tokens.length, gains);
  }

  /** Of the second halves of the segments, one after another. */
  private float[] gains(float[][] before, float[][] after) {
    int half = plan.half();
    float[] gains = new float[before.length * half];

    for (int i = 0; i < gains.length; i++) {
      // Loss t of a row is that of its token t + 1.
      int t = half + i % half - 1;
      gains[i] = before[i / half][t] - after[i / half][t];

      if (!Float.isFinite(gains[i])) {
        throw new IllegalStateException(
            "a gain is not finite, so that its weights or the rate of %s do not hold this text"
                .formatted(rate));
      }
    }

    return gains;
  }
}
