package org.longspan.attention;

import java.util.Arrays;
import org.longspan.score.Scale;

/**
 * GATEAU's contextual awareness measurement (CAM), arXiv 2410.15633: whether a model attends to
 * those segments of a text that help it to predict the response.
 *
 * <pre>
 *   AS(s)     = attention mass on segment s / mass on all segments
 *   IS(s)     = softmax over segments of the gain of s, in nats a token of the response
 *   agreement = cos(AS, IS);   awareness = 1 - agreement
 *   score     = alpha guidance' + (1 - alpha) awareness'                        ' = scaled to [0, 1]
 * </pre>
 *
 * <p>Samples whose useful segments the model overlooks are the hard ones that GATEAU selects, so
 * disagreement counts as good. The gain of a segment is what it alone, before the response, lowers
 * the response's loss by; -ln of a perplexity serves as well, as a softmax does not see a constant.
 *
 * <p>The released code lacks the function that compares the two; that it is a cosine is in the
 * paper's figure, that disagreement counts is our reading of its text. A softmax of attention
 * masses too, of which hundreds lie near 0, would be flat for every document, so masses are divided
 * by their sum here. The released combination adds a softmax over n documents, about 1/n each, to
 * an awareness of up to 1, so that alpha decides nothing; here both are scaled over the documents
 * first. Cost: O(layers × segments).
 */
public final class ContextualAwareness {
  /** Published for real-world settings; 0.7 where short data is limited. */
  public static final double PUBLISHED_ALPHA = 0.8;

  private ContextualAwareness() {}

  /**
   * The attention on each segment over all layers.
   *
   * @param masses what {@link ResponseMasses} reads: {@code [layer][segment]}
   */
  public static double[] attention(double[][] masses) {
    return FullWindows.mean(Arrays.asList(masses));
  }

  /**
   * How far attention goes where the gain is, in [0, 1].
   *
   * @param attention mass on each segment, at least 0, not all 0
   * @param gains of each segment, in nats a token
   * @throws IllegalArgumentException if there is no segment, or not as many of both
   */
  public static double agreement(double[] attention, double[] gains) {
    if (attention.length == 0 || attention.length != gains.length) {
      throw new IllegalArgumentException(
          "The attention on %d segments cannot be compared with the gains of %d."
              .formatted(attention.length, gains.length));
    }

    double most = Arrays.stream(gains).max().orElseThrow();
    double product = 0;
    double attentionSquares = 0;
    double gainSquares = 0;

    // A cosine does not change with the lengths of its vectors, so neither needs its divisor.
    for (int s = 0; s < gains.length; s++) {
      double gain = Math.exp(gains[s] - most);
      product += attention[s] * gain;
      attentionSquares += attention[s] * attention[s];
      gainSquares += gain * gain;
    }

    return Math.min(1, product / Math.sqrt(attentionSquares * gainSquares));
  }

  /** How much of the useful segments the model overlooks, in [0, 1]. */
  public static double awareness(double[] attention, double[] gains) {
    return 1 - agreement(attention, gains);
  }

  /**
   * GATEAU's score of a document among others, in [0, 1].
   *
   * @param alpha weight of the guidance, from 0 to 1
   * @param guidance of homologous models ({@link org.longspan.score.Gateau})
   * @param ofGuidance where it lies
   * @param awareness {@link #awareness}
   * @param ofAwareness where it lies
   */
  public static double combined(
      double alpha, double guidance, Scale ofGuidance, double awareness, Scale ofAwareness) {
    return alpha * ofGuidance.unit(guidance) + (1 - alpha) * ofAwareness.unit(awareness);
  }
}
