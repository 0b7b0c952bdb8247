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
 * <p>Details: {@code ds}, {@code variance} (-DU), {@code windows}. Cost: O(heads) a window.
 */
public final class LongAttn implements Scorer<ContextWindows> {
  /** The scorer's name. */
  public static final String NAME = "longattn";

  /** The detail with DS. */
  public static final String DS = "ds";

  /** The detail with -DU. */
  public static final String VARIANCE = "variance";

  /** Weight of DU in the paper and in the released code. */
  public static final double PUBLISHED_ALPHA = 0.5;

  private final Mode mode;
  private final int window;

  /**
   * @param mode whose variance
   * @param window tokens of a full window, L, at least 4
   */
  public LongAttn(Mode mode, int window) {
    if (window < 4) {
      throw new IllegalArgumentException(
          "LongAttn needs windows of at least 4 tokens, not %d.".formatted(window));
    }

    this.mode = mode;
    this.window = window;
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

  @Override
  public Score score(ContextWindows measured) {
    FullWindows<FarMasses.Sums> full = new FullWindows<>(window, view());
    List<double[]> windows = full.of(measured).stream().map(this::parts).toList();

    if (windows.isEmpty()) {
      return full.tooShort(measured);
    }

    double[] parts = FullWindows.mean(windows);
    return Score.of(
        parts[0], Map.of(DS, parts[0], VARIANCE, parts[1], "windows", (double) windows.size()));
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
    double side = window - distance();
    double cells = mode == Mode.CODE ? (double) window * window : side * (side + 1) / 2;
    return (squares - sum * sum / cells) / (cells - 1);
  }

  private int distance() {
    return window - 3 * (window / 4);
  }
}
