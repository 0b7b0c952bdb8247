package org.longspan.scoring;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import org.longspan.score.PairSampling;
import org.longspan.score.ProLong;
import org.longspan.score.Specificity;

/**
 * How {@link ProLong} is measured and scored.
 *
 * @param segment tokens of a segment, at least 2
 * @param window tokens measured at most: of a longer document, window / segment segments are drawn
 * @param pairs pairs measured a document at most; 0: all
 * @param sampling {@code uniform} or {@code stratified}, see {@link PairSampling}
 * @param unmeasured what becomes of the other pairs: {@code left-out}, or {@code predicted} from
 *     the measured ones, see {@link org.longspan.score.PairClues}
 * @param mode {@code code} or {@code paper}, see {@link ProLong.Mode}
 * @param threshold strength that a pair must exceed to count
 * @param specificity {@code perplexity} or {@code loss}, see {@link Specificity}
 * @param temperature nats a token, of the specificity of losses
 * @param aggregate {@code sum} or {@code mean}, see {@link ProLong.Aggregate}
 */
public record ProLongSettings(
    int segment,
    int window,
    int pairs,
    String sampling,
    String unmeasured,
    String mode,
    double threshold,
    String specificity,
    double temperature,
    String aggregate)
    implements Serializable {
  /** As in the released scripts. */
  public static final ProLongSettings PUBLISHED =
      published(128, 32_768, 500, "code", ProLong.PUBLISHED_THRESHOLD);

  /** All clues of a document are held in memory: some 12 MB for this many segments. */
  private static final int MOST_PREDICTED = 1024;

  public ProLongSettings {
    if (segment < 2) {
      throw new IllegalArgumentException(
          "ProLong's segment must have at least 2 tokens, one to predict after the other, not %d."
              .formatted(segment));
    }

    if (window / 2 < segment) {
      throw new IllegalArgumentException(
          "ProLong's window of %d tokens does not hold two segments of %d."
              .formatted(window, segment));
    }

    if (pairs < 0) {
      throw new IllegalArgumentException(
          "ProLong's pairs must be a positive number, or 0 for all, not %d.".formatted(pairs));
    }

    requireOneOf("sampling", sampling, List.of("uniform", "stratified"));
    requireOneOf("unmeasured", unmeasured, List.of("left-out", "predicted"));
    requireOneOf("mode", mode, List.of("code", "paper"));
    requireOneOf("specificity", specificity, List.of("perplexity", "loss"));
    requireOneOf("aggregate", aggregate, List.of("sum", "mean"));

    if (unmeasured.equals("predicted") && window / segment > MOST_PREDICTED) {
      throw new IllegalArgumentException(
          "ProLong predicts unmeasured pairs of up to %d segments, but a window of %d tokens holds %d of %d: set unmeasured to left-out, or choose a smaller window or longer segments."
              .formatted(MOST_PREDICTED, window, window / segment, segment));
    }
  }

  /** What was published: uniform pairs, no others, raw perplexities, and their sum. */
  public static ProLongSettings published(
      int segment, int window, int pairs, String mode, double threshold) {
    return new ProLongSettings(
        segment,
        window,
        pairs,
        "uniform",
        "left-out",
        mode,
        threshold,
        "perplexity",
        Specificity.TEMPERATURE,
        "sum");
  }

  ProLong scorer() {
    return new ProLong(
        ProLong.Mode.valueOf(mode.toUpperCase(Locale.ROOT)),
        threshold,
        window / segment,
        specificity.equals("loss") ? Specificity.ofLoss(temperature) : Specificity.ofPerplexity(),
        ProLong.Aggregate.valueOf(aggregate.toUpperCase(Locale.ROOT)));
  }

  PairMeasurement measurement(long seed) {
    return new PairMeasurement(
        segment,
        window,
        pairs,
        PairSampling.valueOf(sampling.toUpperCase(Locale.ROOT)),
        unmeasured.equals("predicted"),
        seed);
  }

  private static void requireOneOf(String name, String value, List<String> allowed) {
    if (!allowed.contains(value)) {
      throw new IllegalArgumentException(
          "ProLong's %s must be %s, not '%s'."
              .formatted(name, String.join(" or ", allowed), value));
    }
  }
}
