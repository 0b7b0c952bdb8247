package org.longspan.scoring;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.longspan.measure.Measured;
import org.longspan.score.Score;
import org.longspan.score.Scorer;

/**
 * A measurement and all the wanted scorers that read it.
 *
 * @param <M> what is measured
 */
public final class SharedMeasurement<M> {
  private final int minTokens;
  private final Measurement<M> measurement;
  private final List<Scorer<M>> scorers;

  SharedMeasurement(int minTokens, Measurement<M> measurement, List<Scorer<M>> scorers) {
    this.minTokens = minTokens;
    this.measurement = measurement;
    this.scorers = scorers;
  }

  /** The scorers' names, in the order of each document's scores. */
  public List<String> scorers() {
    return scorers.stream().map(Scorer::name).toList();
  }

  /** Why a document of this length has no score, in a sentence; empty where it is long enough. */
  public Optional<String> tooShort(int tokens) {
    if (tokens < minTokens) {
      return Optional.of(
          "The document has %d tokens, fewer than the %d that are asked for."
              .formatted(tokens, minTokens));
    }

    return measurement.tooShort(tokens);
  }

  /** Tokens that go through the models for a document; 0 where it is too short. */
  public long passTokens(String docId, int tokens) {
    return tooShort(tokens).isPresent() ? 0 : measurement.passTokens(docId, tokens);
  }

  /** Tokens of the longest row that a model is asked about, a context before it included. */
  public int rowTokens() {
    return measurement.rowTokens();
  }

  /** Offsets of the tokens that are read, ascending, for a document that is long enough. */
  public int[] positions(String docId, int tokens) {
    return measurement.positions(docId, tokens);
  }

  /**
   * Measures documents once and scores them by every scorer. A document that fails takes no other
   * with it.
   *
   * @param batchTokens tokens of one forward pass, over all its rows
   * @return for each document, in order, a score of each scorer
   * @throws org.longspan.model.ModelException if the model has too few positions
   */
  public List<List<Score>> score(LanguageModels models, int batchTokens, List<Excerpt> documents) {
    models.main().requirePositions(rowTokens());
    List<List<Score>> scores = new ArrayList<>();

    for (Measured<M> measured : measurement.measure(models, batchTokens, documents)) {
      scores.add(
          scorers.stream()
              .map(
                  scorer ->
                      measured.failed()
                          ? Score.failed(measured.error())
                          : scorer.score(measured.measurement()))
              .toList());
    }

    return scores;
  }
}
