package org.longspan.conf;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which scores are computed.
 *
 * @param scorers names
 * @param minTokens documents below this many tokens are {@code too-short}, without a model pass
 * @param shardTokens about how many measured tokens commit together
 * @param tokenWeights the scorer whose token weights are written for trainers, or {@code none}
 * @param links the strongest links of each document, for a person
 * @param prolong ProLong's settings
 * @param contexts what the scores that contrast contexts share
 * @param longfilter LongFilter's settings
 * @param longppl LongPPL's settings
 * @param longce LongCE's settings
 * @param spectrum the context spectrum's settings
 * @param longwanjuan LongWanjuan's settings
 * @param internlm2 InternLM2's settings
 * @param delta delta's settings
 * @param ltf LTF's settings
 * @param dependency the settings of long-range dependency
 * @param parallelStructures the settings of parallel structures
 * @param parallelTemplates the settings of parallel templates
 * @param contextDenoising the settings of context denoising
 * @param longrecipe LongRecipe's settings
 * @param gateau GATEAU's settings
 * @param ladm LADM's settings
 * @param longattn LongAttn's settings
 * @param attentionDistance the settings of attention by distance
 * @param combine how scores are joined into one more
 */
public record ScoreConfiguration(
    @Limit.Required("No scorer is set: name one at least, such as scorers = [prolong].")
        @Limit.OneOf(
            value = {
              "longfilter",
              "longppl",
              "longce",
              "spectrum",
              "longwanjuan",
              "internlm2",
              "delta",
              "ltf",
              "dependency",
              "longrecipe",
              "gateau"
            },
            orEndingIn = "-non-copy",
            plain = {
              "attention-distance",
              "cohesion",
              "complexity",
              "compressibility",
              "context-denoising",
              "copy-share",
              "gateau-awareness",
              "ladm",
              "longattn",
              "parallel-structures",
              "parallel-templates",
              "prolong"
            })
        List<String> scorers,
    @Limit.AtLeast(0) int minTokens,
    @Limit.AtLeast(1) long shardTokens,
    @Limit.OneOf({"none", "longce", "context-denoising"}) String tokenWeights,
    LinksConfiguration links,
    ProLongConfiguration prolong,
    ContextsConfiguration contexts,
    LongFilterConfiguration longfilter,
    LongPplConfiguration longppl,
    LongCeConfiguration longce,
    SpectrumConfiguration spectrum,
    LongWanjuanConfiguration longwanjuan,
    InternLm2Configuration internlm2,
    DeltaConfiguration delta,
    LtfConfiguration ltf,
    DependencyConfiguration dependency,
    ParallelStructuresConfiguration parallelStructures,
    ParallelTemplatesConfiguration parallelTemplates,
    ContextDenoisingConfiguration contextDenoising,
    LongRecipeConfiguration longrecipe,
    GateauConfiguration gateau,
    LadmConfiguration ladm,
    LongAttnConfiguration longattn,
    AttentionDistanceConfiguration attentionDistance,
    CombineConfiguration combine) {
  /** The name of the score that joins others. */
  static final String COMBINED = "combined";

  public ScoreConfiguration {
    scorers = List.copyOf(scorers);
  }

  /**
   * The strongest links between a document's segments.
   *
   * @param from the scorer whose measurement shows them, or {@code none}
   * @param most links of a document
   * @param leastDistance tokens between two linked segments
   */
  public record LinksConfiguration(
      @Limit.OneOf({"none", "prolong", "ladm"}) String from,
      @Limit.AtLeast(1) int most,
      @Limit.AtLeast(1) int leastDistance) {}

  /**
   * ProLong, arXiv 2405.17915.
   *
   * @param segment tokens of a segment
   * @param window tokens of which segments are drawn; longer documents are sampled
   * @param pairs pairs measured a document; 0: all
   * @param sampling {@code uniform} or {@code stratified}
   * @param unmeasured {@code left-out} or {@code predicted}
   * @param mode {@code code} or {@code paper}
   * @param threshold strength below which a pair does not count
   * @param specificity {@code perplexity} or {@code loss}
   * @param temperature nats a token, of the specificity of losses
   * @param aggregate {@code sum} or {@code mean}
   */
  public record ProLongConfiguration(
      @Limit.AtLeast(2) int segment,
      @Limit.AtLeast(4) int window,
      @Limit.AtLeast(1) @Limit.Word(value = "all", means = 0) int pairs,
      @Limit.OneOf({"uniform", "stratified"}) String sampling,
      @Limit.OneOf({"left-out", "predicted"}) String unmeasured,
      @Limit.OneOf({"code", "paper"}) String mode,
      @Limit.AtLeast(0) double threshold,
      @Limit.OneOf({"perplexity", "loss"}) String specificity,
      @Limit.Inside(low = 0, high = 100) double temperature,
      @Limit.OneOf({"sum", "mean"}) String aggregate) {}

  /**
   * How documents are read for the scores that contrast a long context with a short one.
   *
   * @param window tokens read at once; 0: as many as the model has positions
   * @param windows windows read of a document at most; 0: all
   * @param placing {@code tiled} or {@code ends}: where windows lie
   * @param startToken whether the model's start token stands before every pass
   * @param copyNgram tokens of a verbatim copy
   * @param copyDistance tokens between a copy and its original at least; 0: the short context
   * @param attentionBlocks blocks of queries that two of the attention scores read; 0: all queries
   */
  public record ContextsConfiguration(
      @Limit.AtLeast(16) @Limit.Word(value = "model", means = 0) int window,
      @Limit.AtLeast(1) @Limit.Word(value = "all", means = 0) int windows,
      @Limit.OneOf({"tiled", "ends"}) String placing,
      boolean startToken,
      @Limit.AtLeast(2) int copyNgram,
      @Limit.AtLeast(1) @Limit.Word(value = "auto", means = 0) int copyDistance,
      @Limit.AtLeast(2) @Limit.Word(value = "all", means = 0) int attentionBlocks) {}

  /**
   * LongFilter, arXiv 2510.25804.
   *
   * @param window tokens of a short window; 0: a quarter of the window that is read
   * @param stride tokens between two short windows; 0: half of a short window
   * @param over {@code all} or {@code eligible}: the tokens that the mean is of
   */
  public record LongFilterConfiguration(
      @Limit.AtLeast(2) @Limit.Word(value = "auto", means = 0) int window,
      @Limit.AtLeast(1) @Limit.Word(value = "auto", means = 0) int stride,
      @Limit.OneOf({"all", "eligible"}) String over) {}

  /**
   * LongPPL, arXiv 2410.23771.
   *
   * @param context tokens of short context; 0: an eighth of the window that is read
   * @param step tokens that share a short context; 0: as many as its tokens
   * @param alpha gain in nats that a key token must exceed
   * @param beta log-probability that a key token must exceed
   */
  public record LongPplConfiguration(
      @Limit.AtLeast(1) @Limit.Word(value = "auto", means = 0) int context,
      @Limit.AtLeast(1) @Limit.Word(value = "auto", means = 0) int step,
      @Limit.AtLeast(0) double alpha,
      @Limit.AtMost(0) double beta) {}

  /**
   * LongCE, arXiv 2410.23771.
   *
   * @param context tokens of short context; 0: an eighth of the window that is read
   * @param step tokens that share a short context; 0: as many as its tokens
   * @param gamma the highest weight of a token
   */
  public record LongCeConfiguration(
      @Limit.AtLeast(1) @Limit.Word(value = "auto", means = 0) int context,
      @Limit.AtLeast(1) @Limit.Word(value = "auto", means = 0) int step,
      @Limit.AtLeast(1) double gamma) {}

  /**
   * The context spectrum.
   *
   * @param shortest least tokens of context at the first level
   * @param missing share of the gain that may be missing at the effective context
   */
  public record SpectrumConfiguration(
      @Limit.AtLeast(1) int shortest, @Limit.Inside(low = 0, high = 1) double missing) {}

  /**
   * LongWanjuan, arXiv 2402.13583.
   *
   * @param chunk tokens of a chunk; 0: the window that is read
   * @param scored tokens at a chunk's end that are predicted; 0: a quarter of the chunk
   * @param metric {@code accuracy} or {@code perplexity}
   */
  public record LongWanjuanConfiguration(
      @Limit.AtLeast(4) @Limit.Word(value = "auto", means = 0) int chunk,
      @Limit.AtLeast(1) @Limit.Word(value = "auto", means = 0) int scored,
      @Limit.OneOf({"accuracy", "perplexity"}) String metric) {}

  /**
   * InternLM2, arXiv 2403.17297.
   *
   * @param segment tokens of a segment; 0: the spectrum's shortest context
   * @param difference {@code perplexity} or {@code loss}
   */
  public record InternLm2Configuration(
      @Limit.AtLeast(2) @Limit.Word(value = "auto", means = 0) int segment,
      @Limit.OneOf({"perplexity", "loss"}) String difference) {}

  /**
   * delta.
   *
   * @param context least tokens of short context
   * @param step tokens that share a short context; 0: as many as its tokens
   * @param every of so many stretches of {@code step} tokens one is measured
   */
  public record DeltaConfiguration(
      @Limit.AtLeast(1) int context,
      @Limit.AtLeast(1) @Limit.Word(value = "auto", means = 0) int step,
      @Limit.AtLeast(1) int every) {}

  /**
   * LTF.
   *
   * @param context least tokens of short context
   * @param step tokens that share a short context; 0: as many as its tokens
   * @param every of so many stretches of {@code step} tokens one is measured
   * @param below probability after the short context that a token must stay below
   * @param above probability after the long context that a token must exceed
   */
  public record LtfConfiguration(
      @Limit.AtLeast(1) int context,
      @Limit.AtLeast(1) @Limit.Word(value = "auto", means = 0) int step,
      @Limit.AtLeast(1) int every,
      @Limit.Inside(low = 0, high = 1) double below,
      @Limit.Inside(low = 0, high = 1) double above) {}

  /**
   * Long-range dependency, arXiv 2402.12530.
   *
   * @param context least tokens of short context
   * @param step tokens that share a short context; 0: as many as its tokens
   * @param every of so many stretches of {@code step} tokens one is measured
   * @param share share of the highest values that the score is the mean of
   */
  public record DependencyConfiguration(
      @Limit.AtLeast(1) int context,
      @Limit.AtLeast(1) @Limit.Word(value = "auto", means = 0) int step,
      @Limit.AtLeast(1) int every,
      @Limit.Inside(low = 0, high = 1) double share) {}

  /**
   * Parallel structures, arXiv 2402.12530.
   *
   * @param window tokens read at once
   * @param windows windows read of a document at most; 0: all
   * @param batch tokens of a batch of former phrases
   * @param segment tokens of a segment with latter phrases
   * @param rate of a step of gradient descent
   * @param share share of highest values that the score is the mean of
   */
  public record ParallelStructuresConfiguration(
      @Limit.AtLeast(16) int window,
      @Limit.AtLeast(1) @Limit.Word(value = "all", means = 0) int windows,
      @Limit.AtLeast(2) int batch,
      @Limit.AtLeast(4) int segment,
      @Limit.Inside(low = 0, high = 1) double rate,
      @Limit.Inside(low = 0, high = 1) double share) {}

  /**
   * Parallel templates.
   *
   * @param window tokens in which templates recur
   * @param windows windows read of a document at most; 0: all
   * @param ngram tokens of a template
   * @param distance tokens between the ends of two uses at least
   */
  public record ParallelTemplatesConfiguration(
      @Limit.AtLeast(16) int window,
      @Limit.AtLeast(1) @Limit.Word(value = "all", means = 0) int windows,
      @Limit.AtLeast(3) int ngram,
      @Limit.AtLeast(1) int distance) {}

  /**
   * Context denoising, arXiv 2510.05862.
   *
   * @param response tokens of a window whose loss counts; 0: an eighth of the window
   * @param distance tokens beyond which a token is far; 0: an eighth of the window
   * @param norm {@code l1} or {@code l2}: how long a gradient is
   */
  public record ContextDenoisingConfiguration(
      @Limit.AtLeast(1) @Limit.Word(value = "auto", means = 0) int response,
      @Limit.AtLeast(1) @Limit.Word(value = "auto", means = 0) int distance,
      @Limit.OneOf({"l1", "l2"}) String norm) {}

  /** Whether there is a score of this name. */
  boolean gives(String scorer) {
    return scorers.contains(scorer) || (scorer.equals(COMBINED) && combine.isSet());
  }

  /**
   * How scores are joined.
   *
   * @param weights by scorer; none: no score is joined
   * @param borders tokens at which length buckets begin
   * @param minGroup documents below which a group is ranked within a larger one
   */
  public record CombineConfiguration(
      Map<String, Double> weights, List<Integer> borders, @Limit.AtLeast(1) long minGroup) {
    public CombineConfiguration {
      weights = Collections.unmodifiableSortedMap(new TreeMap<>(weights));
      borders = List.copyOf(borders);
    }

    /** Whether a combined score is wanted. */
    public boolean isSet() {
      return !weights.isEmpty();
    }
  }

  /**
   * LongRecipe, arXiv 2409.00509.
   *
   * @param share the share of a document's tokens that is impactful
   */
  public record LongRecipeConfiguration(@Limit.Inside(low = 0, high = 1) double share) {}

  /**
   * GATEAU's homologous models' guidance and contextual awareness, arXiv 2410.15633.
   *
   * @param response tokens of a window that count as its response; 0: an eighth of the window
   * @param mode {@code log-ratio}, or {@code published}: scaled over the data set
   * @param segment tokens of a segment, of contextual awareness
   * @param alpha weight of the guidance; the rest is that of contextual awareness
   */
  public record GateauConfiguration(
      @Limit.AtLeast(1) @Limit.Word(value = "auto", means = 0) int response,
      @Limit.OneOf({"log-ratio", "published"}) String mode,
      @Limit.AtLeast(1) int segment,
      @Limit.AtLeast(0) @Limit.AtMost(1) double alpha) {}

  /**
   * LADM, arXiv 2503.02502.
   *
   * @param mode {@code code} or {@code paper}
   * @param span tokens of a span; 0: a 256th of the window that is read
   * @param keyStride of so many key spans one is read
   * @param queryStride of so many query spans one is read
   * @param first the first span whose queries count; 0: as published for the mode
   * @param ablations what is left out
   * @param heads which are read; none: all
   */
  public record LadmConfiguration(
      @Limit.OneOf({"code", "paper"}) String mode,
      @Limit.AtLeast(1) @Limit.Word(value = "auto", means = 0) int span,
      @Limit.AtLeast(1) int keyStride,
      @Limit.AtLeast(1) int queryStride,
      @Limit.AtLeast(1) @Limit.Word(value = "auto", means = 0) int first,
      @Limit.OneOf({"no-deviation", "no-length"}) List<String> ablations,
      List<String> heads) {
    public LadmConfiguration {
      ablations = List.copyOf(ablations);
      heads = List.copyOf(heads);
    }
  }

  /**
   * LongAttn, arXiv 2502.16860.
   *
   * @param mode {@code code} or {@code paper}
   * @param alpha weight of the uniformity
   */
  public record LongAttnConfiguration(
      @Limit.OneOf({"code", "paper"}) String mode, @Limit.AtLeast(0) double alpha) {}

  /**
   * Attention by distance.
   *
   * @param span tokens of a span; 0: a 256th of the window that is read
   * @param every of so many spans of queries one is read
   * @param sink first tokens of a window that are told apart
   * @param far tokens from which on a distance is far; 0: an eighth of the window
   * @param heads which are read; none: all
   */
  public record AttentionDistanceConfiguration(
      @Limit.AtLeast(1) @Limit.Word(value = "auto", means = 0) int span,
      @Limit.AtLeast(1) int every,
      @Limit.AtLeast(0) int sink,
      @Limit.AtLeast(1) @Limit.Word(value = "auto", means = 0) int far,
      List<String> heads) {
    public AttentionDistanceConfiguration {
      heads = List.copyOf(heads);
    }
  }
}
