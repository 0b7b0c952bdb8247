package org.longspan.attention;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.longspan.context.ContextWindows;
import org.longspan.score.Score;
import org.longspan.score.Scorer;

/**
 * Attention by distance, Longspan's own: in which distances a window's attention lies, in buckets
 * that double.
 *
 * <pre>
 *   profile(e) = attention mass at distances 2^e to 2^(e+1) - 1, mean over queries, heads and layers
 *   score      = sum over e of e profile(e) / sum over e of profile(e)
 * </pre>
 *
 * <p>The score is the mean of log2 of the distance, rounded down: every doubling counts alike, as
 * in the {@linkplain org.longspan.score.ContextSpectrum spectrum} of losses, so neither the many
 * nearest keys nor a few of the farthest decide alone. The sink, the first tokens of the window,
 * and the query itself say nothing of the text and are left out; what they get is a detail. A layer
 * that looks at little else weighs little, since masses are averaged before the division.
 *
 * <p>Only windows of full length count, and a document without one is too short; scores of
 * different lengths do not compare, as a longer window has farther keys.
 *
 * <p>Details: {@code sink} and {@code self}, their masses; {@code effective_distance}, 2^score;
 * {@code far_share}, the share of the profile in the buckets from the far distance on, and {@code
 * far_share_layer_<number>} of each layer; {@code windows}; where {@linkplain #sampling blocks of
 * queries} are read, {@code score_error}, the score's standard error: that of {@link QueryBlocks}
 * for the differential of the ratio, sum over e of (e - score) profile(e), over the profile's sum.
 * Errors of windows, which share their queries, are averaged as if they always went together. Cost:
 * O(layers × buckets) a window and block.
 */
public final class AttentionByDistance implements Scorer<ContextWindows> {
  private static final int SINK = 0;
  private static final int SELF = 1;
  private static final int NEAREST = 2;

  private final int window;
  private final DistanceMasses view;
  private final int far;
  private final QueryBlocks blocks;

  /**
   * @param window tokens of a full window
   * @param view what is read
   * @param far tokens from which on a distance is far; buckets that begin there or later are
   * @throws IllegalArgumentException if the view's span does not divide the window, or no distance
   *     is far
   */
  public AttentionByDistance(int window, DistanceMasses view, int far) {
    this(window, view, far, null);
  }

  private AttentionByDistance(int window, DistanceMasses view, int far, QueryBlocks blocks) {
    if (window % view.span() != 0) {
      throw new IllegalArgumentException(
          "Attention is read in spans of %d tokens, which do not divide a window of %d: choose a window of whole spans, such as %d, or another span."
              .formatted(
                  view.span(), window, Math.max(1, window / view.span()) * (long) view.span()));
    }

    if (far < 1 || far > (window - 1) / 2) {
      throw new IllegalArgumentException(
          "A far distance of %d tokens does not fit a window of %d: choose 1 to %d."
              .formatted(far, window, (window - 1) / 2));
    }

    this.window = window;
    this.view = view;
    this.far = far;
    this.blocks = blocks;
  }

  /**
   * The same from blocks of the queries alone, whatever the view's {@code every}.
   *
   * @param count blocks of the view's span, at least 2
   * @param seed decides which are drawn
   */
  public AttentionByDistance sampling(int count, long seed) {
    return new AttentionByDistance(window, view, far, new QueryBlocks(view.span(), count, seed));
  }

  @Override
  public String name() {
    return "attention-distance";
  }

  /** What it asks for: the view, or a sample of it. */
  public AttentionView<?> reads() {
    return blocks == null ? view : sample();
  }

  @Override
  public Score score(ContextWindows measured) {
    return blocks == null ? scored(measured) : estimated(measured);
  }

  private Score scored(ContextWindows measured) {
    FullWindows<double[][]> full = new FullWindows<>(window, view);
    List<double[][]> windows = full.of(measured);
    return windows.isEmpty() ? full.tooShort(measured) : score(windows);
  }

  private Score estimated(ContextWindows measured) {
    FullWindows<List<double[][]>> full = new FullWindows<>(window, sample());
    List<List<double[][]>> windows = full.of(measured);

    if (windows.isEmpty()) {
      return full.tooShort(measured);
    }

    Score score = score(windows.stream().map(this::whole).toList());

    if (score.value().isEmpty()) {
      return score;
    }

    double mean = score.value().getAsDouble();
    double error =
        windows.stream().mapToDouble(read -> error(read, mean)).average().orElseThrow()
            / Arrays.stream(score.profile()).sum();
    Map<String, Double> details = new TreeMap<>(score.details());
    details.put("score_error", error);
    return Score.of(mean, details, score.profile());
  }

  private Sampled<double[][]> sample() {
    return new Sampled<>(view, blocks);
  }

  /** What all queries of a window show, by those that were read. */
  private double[][] whole(List<double[][]> read) {
    List<QueryBlocks.Block> drawn = sample().in(window);
    double queries = drawn.stream().mapToInt(QueryBlocks.Block::weight).sum();
    double[][] layers = new double[read.get(0).length][read.get(0)[0].length];

    for (int h = 0; h < read.size(); h++) {
      for (int layer = 0; layer < layers.length; layer++) {
        for (int b = 0; b < layers[layer].length; b++) {
          layers[layer][b] += read.get(h)[layer][b] * drawn.get(h).weight() / queries;
        }
      }
    }

    return layers;
  }

  /** The standard error of the sum of (e - score) profile(e) of a window. */
  private double error(List<double[][]> read, double score) {
    List<QueryBlocks.Block> drawn = sample().in(window);
    double queries = drawn.stream().mapToInt(QueryBlocks.Block::weight).sum();
    double[] residuals =
        read.stream()
            .mapToDouble(layers -> residual(FullWindows.mean(Arrays.asList(layers)), score))
            .toArray();
    return QueryBlocks.estimate(drawn, residuals).error() / queries;
  }

  private static double residual(double[] masses, double score) {
    double residual = 0;

    for (int b = NEAREST; b < masses.length; b++) {
      residual += (b - NEAREST - score) * masses[b];
    }

    return residual;
  }

  private Score score(List<double[][]> windows) {
    double[][] layers = new double[windows.get(0).length][];
    Arrays.setAll(
        layers, l -> FullWindows.mean(windows.stream().map(masses -> masses[l]).toList()));
    double[] masses = FullWindows.mean(Arrays.asList(layers));
    double[] profile = Arrays.copyOfRange(masses, NEAREST, masses.length);
    double whole = Arrays.stream(profile).sum();

    if (!(whole > 0)) {
      return Score.failed("All attention goes to the first tokens and the query itself.");
    }

    double exponents = 0;

    for (int e = 0; e < profile.length; e++) {
      exponents += e * profile[e];
    }

    Map<String, Double> details = new TreeMap<>();
    details.put("windows", (double) windows.size());
    details.put("sink", masses[SINK]);
    details.put("self", masses[SELF]);
    details.put("effective_distance", Math.pow(2, exponents / whole));
    details.put("far_share", farShare(masses));
    List<Integer> numbers = view.heads().layers(layers.length);

    for (int i = 0; i < layers.length; i++) {
      details.put("far_share_layer_" + numbers.get(i), farShare(layers[i]));
    }

    return Score.of(exponents / whole, details, profile);
  }

  /** 0 for a layer that looks at the sink and the query itself alone. */
  private double farShare(double[] masses) {
    double farther = 0;
    double all = 0;

    for (int b = NEAREST; b < masses.length; b++) {
      all += masses[b];
      farther += 1L << (b - NEAREST) >= far ? masses[b] : 0;
    }

    return all > 0 ? farther / all : 0;
  }
}
