package org.longspan.score;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.longspan.context.Blocks;
import org.longspan.context.ContextWindow;
import org.longspan.context.ContextWindows;
import org.longspan.context.WholePrefix;

/**
 * The context spectrum, Longspan's own: what the same tokens gain each time their context doubles.
 *
 * <pre>
 *   level i       = contexts of c(i) to 2 c(i) - 1 tokens, c(i) = shortest 2^i;  the last level, m,
 *                   is the whole prefix
 *   L(i)          = mean loss at level i of all tokens from c(m) on, which every level predicts
 *   profile(i)    = L(i) - L(i + 1)                                                 i = 0 .. m - 1
 *   score         = 1/m sum over i &lt; m of (L(i) - L(m)) = sum of profile(i) (i + 1) / m
 * </pre>
 *
 * <p>The score is the area between the loss curve and its end over the logarithm of the context:
 * how much a reader of limited memory misses on average over memories of every order of size. The
 * plain {@code gain} from the shortest level to the whole is a detail; it is mostly made by the
 * first doublings, which texts of any kind profit from, so the area weighs a gain by how far it
 * lies. Passages that have nothing to do with each other gain nothing beyond their own length.
 *
 * <p>Details: {@code tokens} that are compared, {@code gain}, {@code loss_<context>} of each level
 * and {@code loss_whole}, and {@code effective_context}: the least context from which on less than
 * a share of the gain is missing, interpolated over log2 of the context; the shortest level where
 * there is no gain. It means little where the gain is near zero.
 *
 * <p>Cost: O(tokens × levels); its passes read about levels + 1 times the text, and the passes of
 * most other scores are among them.
 */
public final class ContextSpectrum implements Scorer<ContextWindows> {
  private static final WholePrefix WHOLE = new WholePrefix();

  private final List<Blocks> levels;
  private final double missing;

  /**
   * @param levels all but the whole prefix, each twice the one before
   * @param missing share of the gain that may be missing at the effective context, above 0 and
   *     below 1
   */
  public ContextSpectrum(List<Blocks> levels, double missing) {
    if (levels.isEmpty() || !(missing > 0 && missing < 1)) {
      throw new IllegalArgumentException(
          "A spectrum needs a level and a share of missing gain between 0 and 1, not %s and %s."
              .formatted(levels, missing));
    }

    this.levels = List.copyOf(levels);
    this.missing = missing;
  }

  /** The levels below the last one: the last one's context is at most half of the window. */
  public static List<Blocks> levels(int shortest, int window) {
    List<Blocks> levels = new ArrayList<>();
    levels.add(new Blocks(shortest, shortest));

    for (long context = 2L * shortest; 4 * context <= window; context *= 2) {
      levels.add(new Blocks((int) context, (int) context));
    }

    return levels;
  }

  /** The first token that all of these levels and the whole prefix tell apart. */
  public static int firstToken(List<Blocks> levels) {
    return Math.multiplyExact(2, levels.get(levels.size() - 1).context());
  }

  @Override
  public String name() {
    return "spectrum";
  }

  @Override
  public Score score(ContextWindows measured) {
    int first = firstToken(levels);
    double[] losses = new double[levels.size() + 1];
    long tokens = 0;

    for (ContextWindow window : measured.windows()) {
      for (int t = first; t < window.tokens().length; t++) {
        tokens += window.counts(t) ? 1 : 0;
      }

      for (int i = 0; i < levels.size(); i++) {
        losses[i] += sum(window.losses(levels.get(i)), first);
      }

      losses[levels.size()] += sum(window.losses(WHOLE), first);
    }

    if (tokens == 0) {
      return Score.tooShort(
          "None of the document's %d tokens has the longest context of the spectrum, %d tokens, before it."
              .formatted(measured.documentTokens(), first));
    }

    for (int i = 0; i < losses.length; i++) {
      losses[i] /= tokens;
    }

    return score(losses, tokens);
  }

  /** The least context from which on less than the share of the gain is missing. */
  double effectiveContext(double[] losses) {
    int last = losses.length - 1;
    double allowed = missing * (losses[0] - losses[last]);

    if (!(allowed > 0)) {
      return levels.get(0).context();
    }

    int level = last - 1;

    while (losses[level] - losses[last] <= allowed) {
      level--;
    }

    double here = losses[level] - losses[last];
    double next = losses[level + 1] - losses[last];
    return levels.get(level).context() * Math.pow(2, (here - allowed) / (here - next));
  }

  private Score score(double[] losses, long tokens) {
    int last = levels.size();
    double[] profile = new double[last];
    double area = 0;
    Map<String, Double> details = new TreeMap<>();

    for (int i = 0; i < last; i++) {
      profile[i] = losses[i] - losses[i + 1];
      area += losses[i] - losses[last];
      details.put("loss_" + levels.get(i).context(), losses[i]);
    }

    details.put("loss_whole", losses[last]);
    details.put("gain", losses[0] - losses[last]);
    details.put("effective_context", effectiveContext(losses));
    details.put("tokens", (double) tokens);
    return Score.of(area / last, details, profile);
  }

  private static double sum(float[] losses, int from) {
    double sum = 0;

    for (int t = from; t < losses.length; t++) {
      sum += Float.isNaN(losses[t]) ? 0 : losses[t];
    }

    return sum;
  }
}
