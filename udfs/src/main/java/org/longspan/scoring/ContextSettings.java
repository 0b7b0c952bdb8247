package org.longspan.scoring;

import java.io.Serializable;
import org.longspan.context.Blocks;
import org.longspan.context.CopiedTokens;
import org.longspan.context.SlidingWindow;
import org.longspan.context.WindowPlan;
import org.longspan.score.LongCe;
import org.longspan.score.LongFilter;
import org.longspan.score.LongPpl;
import org.longspan.score.LongRecipe;

/**
 * How the scores that contrast contexts are measured and computed. Everywhere 0 tokens of short
 * context stand for an eighth of the window, as 4096 are of 32,768: scores that leave it at that
 * share their passes.
 *
 * @param window tokens that are read at once; 0: as many as the model has positions
 * @param windows windows read of a document at most; 0: all
 * @param startToken whether the model's start token stands before every pass
 * @param copyNgram tokens of a verbatim copy
 * @param copyDistance tokens between a copy and its original at least; 0: the short context
 * @param longFilter LongFilter's settings
 * @param longPpl LongPPL's settings
 * @param longCe LongCE's settings
 * @param longRecipe LongRecipe's settings
 * @param gateau GATEAU's settings
 */
public record ContextSettings(
    int window,
    int windows,
    boolean startToken,
    int copyNgram,
    int copyDistance,
    LongFilterSettings longFilter,
    LongPplSettings longPpl,
    LongCeSettings longCe,
    LongRecipeSettings longRecipe,
    GateauSettings gateau)
    implements Serializable {
  /** Short contexts that share their passes, in windows of the model's length. */
  public static final ContextSettings SHARED =
      new ContextSettings(
          0,
          8,
          false,
          8,
          0,
          new LongFilterSettings(0, 0, "all"),
          new LongPplSettings(0, 0, LongPpl.PUBLISHED_ALPHA, LongPpl.PUBLISHED_BETA),
          new LongCeSettings(0, 0, LongCe.PUBLISHED_GAMMA),
          new LongRecipeSettings(LongRecipe.PUBLISHED_SHARE),
          new GateauSettings(0, "log-ratio"));

  private static final int SHORT_SHARE = 8;

  /**
   * @param window tokens of a short window; 0: two eighths of the window
   * @param stride tokens between two short windows; 0: half of a short window
   * @param over {@code all} or {@code eligible}: the tokens that the mean is of
   */
  public record LongFilterSettings(int window, int stride, String over) implements Serializable {}

  /**
   * @param context tokens of short context; 0: an eighth of the window
   * @param step tokens that share a short context; 0: as many as its tokens
   * @param alpha gain in nats that a key token must exceed
   * @param beta log-probability that a key token must exceed
   */
  public record LongPplSettings(int context, int step, double alpha, double beta)
      implements Serializable {}

  /**
   * @param context tokens of short context; 0: an eighth of the window
   * @param step tokens that share a short context; 0: as many as its tokens
   * @param gamma the highest weight
   */
  public record LongCeSettings(int context, int step, double gamma) implements Serializable {}

  /**
   * @param share the share of a document's tokens that is impactful
   */
  public record LongRecipeSettings(double share) implements Serializable {}

  /**
   * @param response tokens of a window that count as its response; 0: an eighth of the window
   * @param mode {@code log-ratio}, or {@code published}: scaled over the data set
   */
  public record GateauSettings(int response, String mode) implements Serializable {
    /** Whether scores are scaled over the data set, as published. */
    public boolean published() {
      return mode.equals("published");
    }
  }

  /**
   * These settings with a model's window.
   *
   * @throws IllegalArgumentException if the window is longer than the model's, or the model lacks
   *     the start token that is asked for
   */
  ContextSettings forModel(ScoringModel model) {
    if (startToken && model.startTokens() == 0) {
      throw new IllegalArgumentException(
          "A start token is asked for, but the model at %s has none (bos_token_id in its config.json): set score.contexts.start-token = false."
              .formatted(model.location()));
    }

    int usable = model.positions() - (startToken ? 1 : 0);

    if (window > usable) {
      throw new IllegalArgumentException(
          "A window of %d tokens is asked for, but the model at %s has %d positions%s: choose a smaller window, or a model with more positions."
              .formatted(
                  window,
                  model.location(),
                  model.positions(),
                  startToken ? ", one of them for the start token" : ""));
    }

    return new ContextSettings(
        window == 0 ? usable : window,
        windows,
        startToken,
        copyNgram,
        copyDistance,
        longFilter,
        longPpl,
        longCe,
        longRecipe,
        gateau);
  }

  WindowPlan windowPlan(long seed) {
    return new WindowPlan(window, windows, seed);
  }

  CopiedTokens copies() {
    return new CopiedTokens(copyNgram, copyDistance == 0 ? shortContext() : copyDistance);
  }

  SlidingWindow longFilterContext() {
    int size = longFilter.window == 0 ? 2 * shortContext() : longFilter.window;
    return new SlidingWindow(size, longFilter.stride == 0 ? size / 2 : longFilter.stride);
  }

  LongFilter.Over longFilterOver() {
    return longFilter.over.equals("all") ? LongFilter.Over.ALL : LongFilter.Over.ELIGIBLE;
  }

  Blocks blocks(int context, int step) {
    int least = context == 0 ? shortContext() : context;
    return new Blocks(least, step == 0 ? least : step);
  }

  int gateauResponse() {
    return gateau.response == 0 ? shortContext() : gateau.response;
  }

  private int shortContext() {
    return Math.max(1, window / SHORT_SHARE);
  }
}
