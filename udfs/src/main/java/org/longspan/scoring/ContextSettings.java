package org.longspan.scoring;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import org.longspan.attention.ContextualAwareness;
import org.longspan.context.Blocks;
import org.longspan.context.CopiedTokens;
import org.longspan.context.Part;
import org.longspan.context.SlidingWindow;
import org.longspan.context.WindowPlan;
import org.longspan.score.ContextSpectrum;
import org.longspan.score.Delta;
import org.longspan.score.Dependency;
import org.longspan.score.LongCe;
import org.longspan.score.LongFilter;
import org.longspan.score.LongPpl;
import org.longspan.score.LongRecipe;
import org.longspan.score.Ltf;

/**
 * How the scores that contrast contexts, and those that read attention, are measured and computed.
 * Everywhere 0 tokens of short context stand for an eighth of the window, as 4096 are of 32,768:
 * scores that leave it at that share their passes.
 *
 * @param windows what is read of a document
 * @param copies what is a verbatim copy
 * @param methods each contrast's own settings
 * @param attention each attention score's own settings
 */
public record ContextSettings(
    Windows windows, Copies copies, Methods methods, AttentionSettings attention)
    implements Serializable {
  /** Short contexts that share their passes, in windows of the model's length. */
  public static final ContextSettings SHARED =
      new ContextSettings(
          new Windows(0, 8, false, "tiled"),
          new Copies(8, 0),
          new Methods(
              new LongFilterSettings(0, 0, "all"),
              new LongPplSettings(0, 0, LongPpl.PUBLISHED_ALPHA, LongPpl.PUBLISHED_BETA),
              new LongCeSettings(0, 0, LongCe.PUBLISHED_GAMMA),
              new SpectrumSettings(256, 0.1),
              new LongWanjuanSettings(0, 0, "accuracy"),
              new InternLm2Settings(0, "perplexity"),
              new DeltaSettings(Delta.PUBLISHED_CONTEXT, 0, 16),
              new LtfSettings(
                  Delta.PUBLISHED_CONTEXT, 0, 16, Ltf.PUBLISHED_BELOW, Ltf.PUBLISHED_ABOVE),
              new DependencySettings(Dependency.PUBLISHED_STEP, 0, 16, 0.1),
              new LongRecipeSettings(LongRecipe.PUBLISHED_SHARE),
              new GateauSettings(0, "log-ratio", ContextualAwareness.PUBLISHED_SEGMENT, 1)),
          AttentionSettings.PUBLISHED);

  private static final int SHORT_SHARE = 8;

  /**
   * @param size tokens that are read at once; 0: as many as the model has positions
   * @param most windows read of a document at most; 0: all
   * @param startToken whether the model's start token stands before every pass
   * @param placing {@code tiled} or {@code ends}, see {@link WindowPlan.Placing}
   */
  public record Windows(int size, int most, boolean startToken, String placing)
      implements Serializable {}

  /**
   * @param ngram tokens of a verbatim copy
   * @param distance tokens between a copy and its original at least; 0: the short context
   */
  public record Copies(int ngram, int distance) implements Serializable {}

  /**
   * @param longFilter LongFilter's settings
   * @param longPpl LongPPL's settings
   * @param longCe LongCE's settings
   * @param spectrum the context spectrum's settings
   * @param longWanjuan LongWanjuan's settings
   * @param internLm2 InternLM2's settings
   * @param delta delta's settings
   * @param ltf LTF's settings
   * @param dependency the settings of long-range dependency
   * @param longRecipe LongRecipe's settings
   * @param gateau GATEAU's settings
   */
  public record Methods(
      LongFilterSettings longFilter,
      LongPplSettings longPpl,
      LongCeSettings longCe,
      SpectrumSettings spectrum,
      LongWanjuanSettings longWanjuan,
      InternLm2Settings internLm2,
      DeltaSettings delta,
      LtfSettings ltf,
      DependencySettings dependency,
      LongRecipeSettings longRecipe,
      GateauSettings gateau)
      implements Serializable {
    /** These settings with others of GATEAU's. */
    public Methods with(GateauSettings another) {
      return new Methods(
          longFilter,
          longPpl,
          longCe,
          spectrum,
          longWanjuan,
          internLm2,
          delta,
          ltf,
          dependency,
          longRecipe,
          another);
    }
  }

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
   * @param shortest least tokens of context at the first level
   * @param missing share of the gain that may be missing at the effective context
   */
  public record SpectrumSettings(int shortest, double missing) implements Serializable {}

  /**
   * @param chunk tokens of a chunk; 0: the window
   * @param scored tokens at a chunk's end that are predicted; 0: a quarter of the chunk
   * @param metric {@code accuracy} or {@code perplexity}
   */
  public record LongWanjuanSettings(int chunk, int scored, String metric) implements Serializable {}

  /**
   * @param segment tokens of a segment; 0: the spectrum's shortest context
   * @param difference {@code perplexity} or {@code loss}
   */
  public record InternLm2Settings(int segment, String difference) implements Serializable {}

  /**
   * @param context least tokens of short context
   * @param step tokens that share a short context; 0: as many as its tokens
   * @param every of so many stretches of {@code step} tokens one is measured
   */
  public record DeltaSettings(int context, int step, int every) implements Serializable {}

  /**
   * @param context least tokens of short context
   * @param step tokens that share a short context; 0: as many as its tokens
   * @param every of so many stretches of {@code step} tokens one is measured
   * @param below probability after the short context that a token must stay below
   * @param above probability after the long context that a token must exceed
   */
  public record LtfSettings(int context, int step, int every, double below, double above)
      implements Serializable {}

  /**
   * @param context least tokens of short context
   * @param step tokens that share a short context; 0: as many as its tokens
   * @param every of so many stretches of {@code step} tokens one is measured
   * @param top share of the highest values that the score is the mean of
   */
  public record DependencySettings(int context, int step, int every, double top)
      implements Serializable {}

  /**
   * @param share the share of a document's tokens that is impactful
   */
  public record LongRecipeSettings(double share) implements Serializable {}

  /**
   * @param response tokens of a window that count as its response; 0: an eighth of the window
   * @param mode {@code log-ratio}, or {@code published}: scaled over the data set
   * @param segment tokens of a segment, of contextual awareness
   * @param alpha weight of the guidance, from 0 to 1; the rest is that of contextual awareness
   */
  public record GateauSettings(int response, String mode, int segment, double alpha)
      implements Serializable {
    /** Whether scores are scaled over the data set, as published. */
    public boolean published() {
      return mode.equals("published");
    }

    /** Whether scores are joined with contextual awareness. */
    public boolean combined() {
      return alpha < 1;
    }
  }

  /**
   * These settings with windows as long as a model's, unless they have a length.
   *
   * @throws IllegalArgumentException if the model lacks the start token that is asked for
   */
  ContextSettings forModel(ScoringModel model) {
    if (windows.startToken && model.startTokens() == 0) {
      throw new IllegalArgumentException(
          "A start token is asked for, but the model at %s has none (bos_token_id in its config.json): set score.contexts.start-token = false."
              .formatted(model.location()));
    }

    return windows.size == 0 ? withWindow(model.positions() - startTokens()) : this;
  }

  /** These settings with others of the attention scores. */
  public ContextSettings with(AttentionSettings another) {
    return new ContextSettings(windows, copies, methods, another);
  }

  /** These settings with windows of so many tokens. */
  public ContextSettings withWindow(int tokens) {
    return new ContextSettings(
        new Windows(tokens, windows.most, windows.startToken, windows.placing),
        copies,
        methods,
        attention);
  }

  WindowPlan windowPlan(long seed) {
    return new WindowPlan(
        windows.size,
        windows.most,
        seed,
        WindowPlan.Placing.valueOf(windows.placing.toUpperCase(Locale.ROOT)));
  }

  int window() {
    return windows.size;
  }

  /** Tokens that stand before every pass: 0 or 1. */
  int startTokens() {
    return windows.startToken ? 1 : 0;
  }

  CopiedTokens copiedTokens() {
    return new CopiedTokens(copies.ngram, copies.distance == 0 ? shortContext() : copies.distance);
  }

  SlidingWindow longFilterContext() {
    LongFilterSettings longFilter = methods.longFilter;
    int size = longFilter.window == 0 ? 2 * shortContext() : longFilter.window;
    return new SlidingWindow(size, longFilter.stride == 0 ? size / 2 : longFilter.stride);
  }

  LongFilter.Over longFilterOver() {
    return methods.longFilter.over.equals("all") ? LongFilter.Over.ALL : LongFilter.Over.ELIGIBLE;
  }

  Blocks blocks(int context, int step) {
    int least = context == 0 ? shortContext() : context;
    return new Blocks(least, step == 0 ? least : step);
  }

  /** Short contexts of a part of the tokens, a stretch of which is what shares a context. */
  static Part part(int context, int step, int every) {
    Blocks blocks = new Blocks(context, step == 0 ? context : step);
    return new Part(blocks, blocks.step(), every);
  }

  List<Blocks> levels() {
    return ContextSpectrum.levels(methods.spectrum.shortest, windows.size);
  }

  int chunk() {
    return methods.longWanjuan.chunk == 0 ? windows.size : methods.longWanjuan.chunk;
  }

  int chunkScored() {
    return methods.longWanjuan.scored == 0 ? chunk() / 4 : methods.longWanjuan.scored;
  }

  int segment() {
    return methods.internLm2.segment == 0 ? methods.spectrum.shortest : methods.internLm2.segment;
  }

  int gateauResponse() {
    return methods.gateau.response == 0 ? shortContext() : methods.gateau.response;
  }

  private int shortContext() {
    return Math.max(1, windows.size / SHORT_SHARE);
  }
}
