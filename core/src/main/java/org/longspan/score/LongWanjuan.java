package org.longspan.score;

import java.util.Map;
import java.util.TreeMap;
import org.longspan.context.ChunkEnds;
import org.longspan.context.ContextWindow;
import org.longspan.context.ContextWindows;

/**
 * The coherence of LongWanjuan, arXiv 2402.13583: how much better the end of a chunk is predicted
 * after the whole chunk than after its second half.
 *
 * <pre>
 *   accuracy    acc_with - acc_without     share of tokens that were the model's first choice
 *   perplexity  ppl_without - ppl_with     exp(mean loss) of a chunk's tokens
 * </pre>
 *
 * Each is the mean over chunks; "with" sees all of the chunk, "without" its second half. Published:
 * chunks of 4,096 tokens, their last 1,024 predicted, by InternLM2-7B. The accuracy is the default,
 * because it is what the paper's figure of the method names and what a few tokens of very high loss
 * do not move.
 *
 * <p>Details: {@code acc_with}, {@code acc_without}, {@code acc_delta}, {@code acc_ratio} = delta /
 * (with + 1e-5), {@code ppl_with}, {@code ppl_without}, {@code ppl_delta}, {@code ppl_ratio} =
 * delta / (without + 1e-5), {@code chunks}. The released script for English writes the ratio of
 * perplexities over that of accuracies; here both have their names. And {@code type_token_ratio},
 * the paper's measure of complexity: distinct ids among all ids that were read. It falls with a
 * document's length, so {@code chunk_type_token_ratio}, the mean of the chunks, stands beside it.
 *
 * <p>The paper's third measure, {@link Cohesion}, reads text; {@link LongWanjuanClasses} joins the
 * three. Cost: O(tokens).
 */
public final class LongWanjuan implements Scorer<ContextWindows> {
  private static final double RATIO_FLOOR = 1e-5;

  private final ChunkEnds whole;
  private final ChunkEnds half;
  private final Metric metric;

  /**
   * @param chunk tokens of a chunk
   * @param scored tokens at its end that are predicted, fewer than half of it
   * @param metric what the score compares
   */
  public LongWanjuan(int chunk, int scored, Metric metric) {
    this.whole = whole(chunk, scored);
    this.half = half(chunk, scored);
    this.metric = metric;
  }

  /** What the score compares. */
  public enum Metric {
    /** How often the token is the model's first choice, as published. */
    ACCURACY,
    /** The perplexity. */
    PERPLEXITY
  }

  /** Ends of chunks after the whole chunk. */
  public static ChunkEnds whole(int chunk, int scored) {
    return new ChunkEnds(chunk, chunk, scored);
  }

  /** Ends of chunks after their second half. */
  public static ChunkEnds half(int chunk, int scored) {
    return new ChunkEnds(chunk, chunk / 2, scored);
  }

  @Override
  public String name() {
    return "longwanjuan";
  }

  @Override
  public Score score(ContextWindows measured) {
    Means means = new Means();
    TypeTokenRatio types = new TypeTokenRatio();

    for (ContextWindow window : measured.windows()) {
      means.add(window);
      types.add(window, 0, window.tokens().length);
    }

    if (means.chunks == 0) {
      return Score.tooShort(
          "The document's %d tokens hold no chunk of %d tokens, %d of them to predict."
              .formatted(measured.documentTokens(), whole.chunk(), whole.scored()));
    }

    Map<String, Double> details = means.details();
    details.put("type_token_ratio", types.value());
    return Score.of(details.get(metric == Metric.ACCURACY ? "acc_delta" : "ppl_delta"), details);
  }

  /** Sums over chunks. */
  private final class Means {
    private int chunks;
    private double accuracyWith;
    private double accuracyWithout;
    private double perplexityWith;
    private double perplexityWithout;
    private double typeTokenRatios;

    private void add(ContextWindow window) {
      float[] hitsWith = window.firsts(whole);
      float[] hitsWithout = window.firsts(half);
      float[] lossesWith = window.losses(whole);
      float[] lossesWithout = window.losses(half);

      for (int end = whole.chunk(); end <= hitsWith.length; end += whole.chunk()) {
        int from = end - whole.scored();

        if (Double.isNaN(CountedMean.of(lossesWith, from, end))) {
          continue;
        }

        chunks++;
        accuracyWith += CountedMean.of(hitsWith, from, end);
        accuracyWithout += CountedMean.of(hitsWithout, from, end);
        perplexityWith += Math.exp(CountedMean.of(lossesWith, from, end));
        perplexityWithout += Math.exp(CountedMean.of(lossesWithout, from, end));
        typeTokenRatios += new TypeTokenRatio().add(window, end - whole.chunk(), end).value();
      }
    }

    private Map<String, Double> details() {
      double accuracyDelta = (accuracyWith - accuracyWithout) / chunks;
      double perplexityDelta = (perplexityWithout - perplexityWith) / chunks;
      Map<String, Double> details = new TreeMap<>();
      details.put("chunks", (double) chunks);
      details.put("acc_with", accuracyWith / chunks);
      details.put("acc_without", accuracyWithout / chunks);
      details.put("acc_delta", accuracyDelta);
      details.put("acc_ratio", accuracyDelta / (accuracyWith / chunks + RATIO_FLOOR));
      details.put("ppl_with", perplexityWith / chunks);
      details.put("ppl_without", perplexityWithout / chunks);
      details.put("ppl_delta", perplexityDelta);
      details.put("ppl_ratio", perplexityDelta / (perplexityWithout / chunks + RATIO_FLOOR));
      details.put("chunk_type_token_ratio", typeTokenRatios / chunks);
      return details;
    }
  }
}
