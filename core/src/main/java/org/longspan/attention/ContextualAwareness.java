package org.longspan.attention;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.longspan.context.ContextWindow;
import org.longspan.context.ContextWindows;
import org.longspan.context.ResponseLosses;
import org.longspan.context.ResponsePairs;
import org.longspan.score.Scale;
import org.longspan.score.Score;
import org.longspan.score.Scorer;

/**
 * GATEAU's contextual awareness measurement (CAM), arXiv 2410.15633: whether a model attends to
 * those segments of a text that help it to predict the response.
 *
 * <pre>
 *   AS(s)     = attention mass on segment s / mass on all segments
 *   IS(s)     = softmax over segments of the gain of s, in nats a token of the response
 *   agreement = cos(AS, IS);   awareness = 1 - agreement
 *   gateau    = alpha guidance' + (1 - alpha) awareness'                        ' = scaled to [0, 1]
 * </pre>
 *
 * <p>The score is the awareness, the mean over a document's full windows, each of which ends with a
 * response; {@link #combined} joins it with the guidance of a data set.
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
 * first.
 *
 * <p>Details: {@code agreement}; {@code gain_mean} and {@code gain_max}, of the gains of a window's
 * segments; {@code response_loss}, alone; {@code segments} of a window; {@code windows}. Cost:
 * O(layers × segments) a window, beside {@link ResponsePairs}.
 */
public final class ContextualAwareness implements Scorer<ContextWindows> {
  /** The scorer's name. */
  public static final String NAME = "gateau-awareness";

  /** Tokens of a segment. */
  public static final int PUBLISHED_SEGMENT = 128;

  /** Published for real-world settings; 0.7 where short data is limited. */
  public static final double PUBLISHED_ALPHA = 0.8;

  private final int window;
  private final ResponseMasses view;
  private final ResponsePairs pairs;

  /**
   * @param window tokens of a full window
   * @param response tokens at its end that count as the response, at least 2
   * @param segment tokens of a segment before it
   * @throws IllegalArgumentException if a window has no room for a segment and the response
   */
  public ContextualAwareness(int window, int response, int segment) {
    this.window = window;
    this.pairs = new ResponsePairs(response, segment);
    this.view = new ResponseMasses(response, segment, Heads.ALL);

    if (pairs.segments(window) == 0) {
      throw new IllegalArgumentException(
          "A window of %,d tokens has no room for a segment of %,d before a response of %,d: make the window longer, or the segment or the response shorter."
              .formatted(window, segment, response));
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  /** What it reads of the attention. */
  public ResponseMasses view() {
    return view;
  }

  /** The losses that it reads. */
  public ResponsePairs pairs() {
    return pairs;
  }

  @Override
  public Score score(ContextWindows measured) {
    FullWindows<double[][]> full = new FullWindows<>(window, view);
    List<ContextWindow> windows = full.in(measured);

    if (windows.isEmpty()) {
      return full.tooShort(measured);
    }

    List<double[]> parts = new ArrayList<>();

    for (ContextWindow each : windows) {
      ResponseLosses losses = each.response(pairs);
      double[] gains = losses.gains();
      parts.add(
          new double[] {
            agreement(attention(each.attention().of(view)), gains),
            Arrays.stream(gains).average().orElseThrow(),
            Arrays.stream(gains).max().orElseThrow(),
            losses.alone()
          });
    }

    double[] means = FullWindows.mean(parts);
    Map<String, Double> details = new TreeMap<>();
    details.put("agreement", means[0]);
    details.put("gain_mean", means[1]);
    details.put("gain_max", means[2]);
    details.put("response_loss", means[3]);
    details.put("segments", (double) pairs.segments(window));
    details.put("windows", (double) windows.size());
    return Score.of(1 - means[0], details);
  }

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
