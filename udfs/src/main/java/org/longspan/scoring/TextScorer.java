package org.longspan.scoring;

import org.longspan.score.Score;
import org.longspan.score.Scorer;

/**
 * A scorer that reads a document's text alone.
 *
 * @param <M> what is measured of the text
 */
public final class TextScorer<M> {
  private final TextMeasurement<M> measurement;
  private final Scorer<M> scorer;

  TextScorer(TextMeasurement<M> measurement, Scorer<M> scorer) {
    this.measurement = measurement;
    this.scorer = scorer;
  }

  /** The name in the {@code scorer} column. */
  public String name() {
    return scorer.name();
  }

  /** The score of a text. Never throws for what is wrong with the text. */
  public Score score(String text) {
    try {
      return scorer.score(measurement.measure(text));
    } catch (RuntimeException e) {
      return Score.failed("The text can't be measured: " + e.getMessage());
    }
  }
}
