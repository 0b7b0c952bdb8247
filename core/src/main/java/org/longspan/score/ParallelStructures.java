package org.longspan.score;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.longspan.gradient.PhrasePlan;
import org.longspan.gradient.SteppedWindow;
import org.longspan.gradient.SteppedWindows;

/**
 * The strength of parallel structures, "Parallel Structures in Pre-training Data Yield In-Context
 * Learning", arXiv 2402.12530: what a model that learns from earlier phrases of a text gains at
 * later ones.
 *
 * <pre>
 *   w_f   = w - rate * gradient of the former phrases' mean loss at w     one step, always from w
 *   alpha = ln p(x | c; w_f) - ln p(x | c; w)                             x, c a latter phrase
 *   score = mean of the highest tenth of alpha
 * </pre>
 *
 * <p>As published: windows of 1,024 tokens, former phrases in batches of 128 by position that share
 * a step, latter phrases with 6 to 11 tokens of context ({@link PhrasePlan}), a rate of 1e-4, on
 * GPT-2's 124 million parameters. The paper takes the highest p % of alpha over a corpus, p from 5
 * to 20, to remove them; of a document the mean of the highest ones is the score, as for {@link
 * Dependency}. Chosen here, since the text leaves it open: a batch's loss is the mean of its tokens
 * (a sum would be a rate 128 times as large), and only segments that lie wholly behind a batch are
 * its latter phrases, so that the last batch of a window needs no step. The step is computed, not
 * approximated to first order.
 *
 * <p>That a batch shares its step is the paper's own economy: it reports a Pearson correlation of
 * 0.71 with a step for each phrase. Alpha grows with the rate and depends on the model: only scores
 * of one model at one rate compare. {@link ParallelTemplates} is a stand-in that needs no model.
 *
 * <p>Details: {@code pairs} of a batch and a token, {@code mean} of alpha over them, and its {@code
 * gain_p95}, {@code gain_p99}, {@code gain_trimmed_mean}, {@code gain_top_share}. The profile has
 * the mean of alpha in the first batch's length behind a batch, the second, and so on. Cost:
 * O(pairs log pairs); of the measurement, see {@link PhrasePlan#passTokens}: 23 forward passes of a
 * window of 1,024 tokens.
 */
public final class ParallelStructures implements Scorer<SteppedWindows> {
  /** The rate of a step, as published for GPT-2. */
  public static final double PUBLISHED_RATE = 1e-4;

  /** Tokens of a window, as published. */
  public static final int PUBLISHED_WINDOW = 1024;

  private final double top;

  /**
   * @param top the share of highest values that the score is the mean of, above 0 and at most 1
   */
  public ParallelStructures(double top) {
    if (!(top > 0 && top <= 1)) {
      throw new IllegalArgumentException(
          "The mean must be of a share of the phrases above 0 and at most 1, not %s."
              .formatted(top));
    }

    this.top = top;
  }

  @Override
  public String name() {
    return "parallel-structures";
  }

  @Override
  public Score score(SteppedWindows measured) {
    GainSummary gains = new GainSummary();
    measured.windows().stream()
        .map(SteppedWindow::gains)
        .flatMap(Arrays::stream)
        .forEach(
            behind -> {
              for (float gain : behind) {
                gains.add(gain);
              }
            });

    if (gains.count() == 0) {
      return Score.tooShort(
          "None of the document's %d tokens stand in a segment behind a batch of %d tokens in their window."
              .formatted(measured.documentTokens(), measured.plan().batch()));
    }

    Map<String, Double> details = new TreeMap<>();
    details.put("pairs", (double) gains.count());
    details.put("mean", gains.mean());
    gains.addTo(details);
    return Score.of(gains.topMean(top), details, profile(measured));
  }

  private static double[] profile(SteppedWindows measured) {
    PhrasePlan plan = measured.plan();
    int most = measured.windows().stream().mapToInt(SteppedWindow::tokens).max().orElse(0);
    double[] sums = new double[Math.max(0, (most - 1) / plan.batch())];
    long[] counts = new long[sums.length];

    for (SteppedWindow window : measured.windows()) {
      for (int b = 0; b < window.gains().length; b++) {
        for (int i = 0; i < window.gains()[b].length; i++) {
          int distance = (plan.firstLatter(b) + i - plan.end(b)) / plan.batch();
          sums[distance] += window.gains()[b][i];
          counts[distance]++;
        }
      }
    }

    int end = sums.length;

    while (end > 0 && counts[end - 1] == 0) {
      end--;
    }

    double[] profile = new double[end];
    Arrays.setAll(profile, k -> counts[k] == 0 ? 0 : sums[k] / counts[k]);
    return profile;
  }
}
