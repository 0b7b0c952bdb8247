package org.longspan.attention;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.longspan.context.ContextWindows;
import org.longspan.score.Scale;
import org.longspan.score.Score;
import org.longspan.score.Scorer;

/**
 * LongAttn's token-level dependency, arXiv 2502.16860: how much attention the first layer gives to
 * keys at least a quarter of the window away, and how evenly.
 *
 * <p>With M the attention weights of a head over L tokens and k = L / 4:
 *
 * <pre>
 *   DS    = 1/L sum of M(n, i) over n - i &gt;= k
 *   DU    = -Var of M(n, i) over n - i &gt;= k (paper), over all L x L with 0 elsewhere (code)
 *   score = DS' + alpha DU'                         ' = scaled over the documents of a domain
 * </pre>
 *
 * <p>Both are averaged over heads, and over the full windows of a document, which the authors score
 * one by one; documents without a full window are too short. DU is around a millionth of DS, so the
 * sum means nothing before the scaling, which needs all documents: the score of a document alone is
 * its DS, and {@link #combined} joins the two once their {@link Scale}s are known. The paper scales
 * by z-scores, the released code to [0, 1].
 *
 * <p>Uniform attention has a DS of 0.4034 at 32,768 tokens, where the published means lie too: DS
 * tells little without its companion, which is a thousand times that of uniform attention.
 *
 * <p>Details: {@code ds}, {@code variance} (-DU), {@code windows}; where {@linkplain #sampling
 * blocks of queries} are read, {@code ds_error} and {@code variance_error}, the standard errors of
 * the two: those of {@link QueryBlocks}, for the variance by its differential dQ - 2 S/C dS over C
 * - 1, S and Q being the sums of the far weights and of their squares, C the cells. Errors of
 * windows, which share their queries, are averaged as if they always went together. Large squares
 * are rare, so that the variance's error is too low where they are missed: two errors held 85 % of
 * the variances measured from 48 of 192 blocks and 79 % from 12, but 96 % of DS. Cost: O(heads) a
 * window and block.
 */
public final class LongAttn implements Scorer<ContextWindows> {
  /** The scorer's name. */
  public static final String NAME = "longattn";

  /** The detail with DS. */
  public static final String DS = "ds";

  /** The detail with -DU. */
  public static final String VARIANCE = "variance";

  private static final String ERROR = "_error";

  /** Weight of DU in the paper and in the released code. */
  public static final double PUBLISHED_ALPHA = 0.5;

  private final Mode mode;
  private final int window;
  private final QueryBlocks blocks;

  /**
   * @param mode whose variance
   * @param window tokens of a full window, L, at least 4
   */
  public LongAttn(Mode mode, int window) {
    this(mode, window, null);
  }

  private LongAttn(Mode mode, int window, QueryBlocks blocks) {
    if (window < 4) {
      throw new IllegalArgumentException(
          "LongAttn needs windows of at least 4 tokens, not %d.".formatted(window));
    }

    this.mode = mode;
    this.window = window;
    this.blocks = blocks;
  }

  /** The same from blocks of the queries alone. */
  public LongAttn sampling(QueryBlocks drawn) {
    return new LongAttn(mode, window, drawn);
  }

  /** Where the paper and its released code part. */
  public enum Mode {
    /** The variance is over the whole matrix, and scores are scaled to [0, 1]. */
    CODE,
    /** The variance is over the far weights alone, and scores are scaled to z-scores. */
    PAPER
  }

  @Override
  public String name() {
    return NAME;
  }

  /** What it reads: weights at a distance of L - 3 (L / 4) or more, as the released code rounds. */
  public FarMasses view() {
    return new FarMasses(distance());
  }

  /** What is asked for: the view, or a sample of it. */
  public AttentionView<?> reads() {
    return blocks == null ? view() : sample();
  }

  @Override
  public Score score(ContextWindows measured) {
    return blocks == null ? scored(measured) : estimated(measured);
  }

  private Score scored(ContextWindows measured) {
    FullWindows<FarMasses.Sums> full = new FullWindows<>(window, view());
    List<double[]> windows = full.of(measured).stream().map(this::parts).toList();

    if (windows.isEmpty()) {
      return full.tooShort(measured);
    }

    double[] parts = FullWindows.mean(windows);
    return Score.of(
        parts[0], Map.of(DS, parts[0], VARIANCE, parts[1], "windows", (double) windows.size()));
  }

  private Score estimated(ContextWindows measured) {
    FullWindows<List<FarMasses.Sums>> full = new FullWindows<>(window, sample());
    List<double[]> windows = full.of(measured).stream().map(this::estimate).toList();

    if (windows.isEmpty()) {
      return full.tooShort(measured);
    }

    double[] parts = FullWindows.mean(windows);
    return Score.of(
        parts[0],
        Map.of(
            DS,
            parts[0],
            VARIANCE,
            parts[1],
            DS + ERROR,
            parts[2],
            VARIANCE + ERROR,
            parts[3],
            "windows",
            (double) windows.size()));
  }

  private Sampled<FarMasses.Sums> sample() {
    return new Sampled<>(view(), blocks);
  }

  /** DS and variance of a window, and the error of each. */
  private double[] estimate(List<FarMasses.Sums> read) {
    List<QueryBlocks.Block> drawn = sample().in(window);
    FarMasses.Sums all = total(drawn, read);
    double[] parts = parts(all);
    double[] ds = new double[read.size()];
    double[] variance = new double[read.size()];

    for (int h = 0; h < ds.length; h++) {
      FarMasses.Sums block = read.get(h);

      for (int head = 0; head < all.weights().length; head++) {
        double slope = 2 * all.weights()[head] / cells();
        ds[h] += block.weights()[head] / all.weights().length / window;
        variance[h] +=
            (block.squares()[head] - slope * block.weights()[head])
                / all.weights().length
                / (cells() - 1);
      }
    }

    return new double[] {
      parts[0],
      parts[1],
      QueryBlocks.estimate(drawn, ds).error(),
      QueryBlocks.estimate(drawn, variance).error()
    };
  }

  private static FarMasses.Sums total(List<QueryBlocks.Block> drawn, List<FarMasses.Sums> read) {
    double[] weights = new double[read.get(0).weights().length];
    double[] squares = new double[weights.length];

    for (int h = 0; h < read.size(); h++) {
      for (int head = 0; head < weights.length; head++) {
        weights[head] += drawn.get(h).weight() * read.get(h).weights()[head];
        squares[head] += drawn.get(h).weight() * read.get(h).squares()[head];
      }
    }

    return new FarMasses.Sums(weights, squares);
  }

  /**
   * The score of a document among those of its domain.
   *
   * @param alpha weight of DU
   * @param ds the document's DS
   * @param ofDs where it lies
   * @param variance the document's variance
   * @param ofVariance where it lies
   */
  public static double combined(
      Mode mode, double alpha, double ds, Scale ofDs, double variance, Scale ofVariance) {
    return mode == Mode.CODE
        ? ofDs.unit(ds) - alpha * ofVariance.unit(variance)
        : ofDs.standard(ds) - alpha * ofVariance.standard(variance);
  }

  /** DS and variance of a window, means over its heads. */
  private double[] parts(FarMasses.Sums sums) {
    double[] variances = new double[sums.weights().length];
    Arrays.setAll(variances, head -> variance(sums.weights()[head], sums.squares()[head]));
    return new double[] {
      Arrays.stream(sums.weights()).average().orElseThrow() / window,
      Arrays.stream(variances).average().orElseThrow()
    };
  }

  /** Of a sample of all the cells, from the sums of the far ones; the others are 0. */
  private double variance(double sum, double squares) {
    return (squares - sum * sum / cells()) / (cells() - 1);
  }

  private double cells() {
    double side = window - distance();
    return mode == Mode.CODE ? (double) window * window : side * (side + 1) / 2;
  }

  private int distance() {
    return window - 3 * (window / 4);
  }
}
