package org.longspan.attention;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.longspan.context.ContextWindows;
import org.longspan.score.Score;
import org.longspan.score.Scorer;

/**
 * LADM's contextual dependency score (CDS), arXiv 2503.02502: how strongly, how unevenly and how
 * far back spans of a window attend to earlier spans.
 *
 * <p>With L tokens in N = L / l spans of l tokens and P(i, j) the attention mass from the queries
 * of span j to the keys of span i, averaged over heads:
 *
 * <pre>
 *   AFS(j) = std over i of P(i, j) * sum over i of (j - i) / N * P(i, j)      i: every dA-th span before j
 *   CDS    = sum (paper) or mean (code) over j of j / N * AFS(j)              j: every dC-th span
 *   score  = mean of CDS over layers, and over the full windows of a document
 * </pre>
 *
 * <p>The paper and the released code part in more than the last step, see {@link Mode}. Layers and
 * heads are in the code alone: heads are averaged before anything else, layers after everything.
 * The paper does not say which standard deviation it takes; here it is the code's in both modes,
 * that of a sample. The code anchors both strides at the near end, the last span of the window and
 * the nearest key span; so does the paper's mode here, as the paper leaves it open.
 *
 * <p>Scores of different window lengths, strides, layers or modes do not compare: the published
 * correlation between strides (4, 4) and (2, 4) is 0.72. Only windows of full length count; a
 * document without one is too short.
 *
 * <p>Details: {@code windows} and {@code layer_<number>}, the CDS of each layer. Cost: O(layers ×
 * spans²) for a window.
 */
public final class Ladm implements Scorer<ContextWindows> {
  /** First span of the window that is no key: it holds the attention sink. */
  private static final int SINK_SPANS = 1;

  /** The paper's n: spans just before a query's own that are no keys. */
  private static final int RECENT_SPANS = 4;

  /** The paper's n0. */
  private static final int PUBLISHED_FIRST = 16;

  private final Mode mode;
  private final int window;
  private final Spans spans;
  private final Heads heads;
  private final Set<Ablation> ablations;

  /**
   * @param mode whose definition
   * @param window tokens of a full window, L
   * @param spans how it is cut
   * @param heads which heads are averaged; each layer of them has its own CDS
   * @param ablations what is left out; none as published
   * @throws IllegalArgumentException if the span does not divide the window, or no span of it has
   *     two earlier ones to compare
   */
  public Ladm(Mode mode, int window, Spans spans, Heads heads, Set<Ablation> ablations) {
    if (window % spans.span != 0) {
      throw new IllegalArgumentException(
          "LADM's spans of %d tokens do not divide a window of %d: choose a window of whole spans, such as %d, or another span."
              .formatted(spans.span, window, Math.max(1, window / spans.span) * (long) spans.span));
    }

    this.mode = mode;
    this.window = window;
    this.spans = spans.first == 0 ? spans.from(mode.first(spans.keyStride)) : spans;
    this.heads = heads;
    this.ablations = ablations.isEmpty() ? Set.of() : EnumSet.copyOf(ablations);
    int least = SINK_SPANS + mode.nearest(spans.keyStride) + spans.keyStride;

    if (this.spans.first < least) {
      throw new IllegalArgumentException(
          "LADM cannot begin at span %d: the first span with two earlier ones to compare, %d apart, is %d."
              .formatted(this.spans.first, spans.keyStride, least));
    }

    if (this.spans.first >= window / spans.span) {
      throw new IllegalArgumentException(
          "LADM begins at span %d, but a window of %d tokens has %d spans of %d: make the spans shorter, or the window longer."
              .formatted(this.spans.first, window, window / spans.span, spans.span));
    }
  }

  /** Where the paper and its released code part. */
  public enum Mode {
    /**
     * A span's attention is a softmax over the keys before the span; the nearest key span is one
     * key stride away; a span counts if more than four key strides and a span lie before it; CDS is
     * a mean.
     */
    CODE,
    /**
     * A span's attention is the model's own, over the span itself too; the four nearest spans are
     * left out; CDS is a sum from span 16 on.
     */
    PAPER;

    private SpanMasses.Keys keys() {
      return this == CODE ? SpanMasses.Keys.EARLIER : SpanMasses.Keys.CAUSAL;
    }

    private int nearest(int keyStride) {
      return this == CODE ? keyStride : RECENT_SPANS + 1;
    }

    private int first(int keyStride) {
      return this == CODE ? SINK_SPANS + 4 * keyStride + 1 : PUBLISHED_FIRST;
    }
  }

  /** What the paper's ablations leave out. */
  public enum Ablation {
    /** The standard deviation. */
    NO_DEVIATION,
    /** Both weights by distance and place, (j - i) / N and j / N. */
    NO_LENGTH
  }

  /**
   * How a window is cut.
   *
   * @param span tokens of a span, l
   * @param keyStride of so many key spans one is read, dA
   * @param queryStride of so many query spans one is read, dC
   * @param first the first span whose queries count, n0; 0: as published for the mode
   */
  public record Spans(int span, int keyStride, int queryStride, int first) {
    /** As published, for windows of 32,768 tokens. */
    public static final Spans PUBLISHED = new Spans(128, 4, 4, 0);

    public Spans {
      if (span < 1 || keyStride < 1 || queryStride < 1 || first < 0) {
        throw new IllegalArgumentException(
            "LADM needs spans of at least 1 token and strides of at least 1 span, not %d, %d and %d from span %d on."
                .formatted(span, keyStride, queryStride, first));
      }
    }

    private Spans from(int span) {
      return new Spans(this.span, keyStride, queryStride, span);
    }
  }

  @Override
  public String name() {
    return "ladm";
  }

  /** What it reads. */
  public SpanMasses view() {
    return new SpanMasses(spans.span, spans.queryStride, mode.keys(), heads);
  }

  @Override
  public Score score(ContextWindows measured) {
    FullWindows<double[][][]> full = new FullWindows<>(window, view());
    List<double[]> windows = full.of(measured).stream().map(this::layers).toList();

    if (windows.isEmpty()) {
      return full.tooShort(measured);
    }

    double[] layers = FullWindows.mean(windows);
    List<Integer> numbers = heads.layers(layers.length);
    Map<String, Double> details = new TreeMap<>();
    details.put("windows", (double) windows.size());

    for (int i = 0; i < layers.length; i++) {
      details.put("layer_" + numbers.get(i), layers[i]);
    }

    return Score.of(Arrays.stream(layers).average().orElseThrow(), details);
  }

  /** CDS of each layer of a window. */
  private double[] layers(double[][][] masses) {
    return Arrays.stream(masses).mapToDouble(this::dependency).toArray();
  }

  /** CDS of one layer, from the masses of its query spans. */
  private double dependency(double[][] masses) {
    int[] queries = view().queries(window);
    double sum = 0;
    int visited = 0;

    for (int q = 0; q < queries.length; q++) {
      if (queries[q] >= spans.first) {
        sum += weight(queries[q]) * focus(queries[q], masses[q]);
        visited++;
      }
    }

    return mode == Mode.CODE ? sum / visited : sum;
  }

  /** AFS of the query span j. */
  private double focus(int j, double[] masses) {
    int nearest = mode.nearest(spans.keyStride);
    double[] keys = new double[(j - SINK_SPANS - nearest) / spans.keyStride + 1];
    double sum = 0;

    for (int k = 0; k < keys.length; k++) {
      int distance = nearest + k * spans.keyStride;
      keys[k] = masses[j - distance];
      sum += weight(distance) * keys[k];
    }

    return ablations.contains(Ablation.NO_DEVIATION) ? sum : sum * deviation(keys);
  }

  /** A number of spans as a share of the window's. */
  private double weight(int number) {
    return ablations.contains(Ablation.NO_LENGTH) ? 1 : (double) number * spans.span / window;
  }

  private static double deviation(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    double squares = Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
    return Math.sqrt(squares / (values.length - 1));
  }
}
