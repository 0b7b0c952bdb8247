package org.longspan.scoring;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.longspan.measure.Measured;
import org.longspan.score.Score;
import org.longspan.score.Scorer;
import org.longspan.score.Status;
import org.longspan.score.TokenWeights;

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

  List<String> weighers() {
    return scorers.stream().filter(TokenWeights.class::isInstance).map(Scorer::name).toList();
  }

  /** Whether a second model is asked beside the first. */
  public boolean comparesModels() {
    return measurement.comparesModels();
  }

  /** Whether the model's gradients are asked for. */
  public boolean needsGradients() {
    return measurement.needsGradients();
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
    return weigh(models, batchTokens, documents, Scoring.NO_WEIGHER).stream()
        .map(scores -> scores.stream().map(WeighedScore::score).toList())
        .toList();
  }

  /**
   * The same, with the token weights that one of the scorers gives the documents that it scores.
   *
   * @param weigher the name of a scorer that {@linkplain Scoring#weighers weighs tokens}, or {@link
   *     Scoring#NO_WEIGHER}
   */
  public List<List<WeighedScore>> weigh(
      LanguageModels models, int batchTokens, List<Excerpt> documents, String weigher) {
    models.main().requirePositions(rowTokens());
    List<List<WeighedScore>> scores = new ArrayList<>();

    for (Measured<M> measured : measurement.measure(models, batchTokens, documents)) {
      scores.add(scorers.stream().map(scorer -> weighed(scorer, measured, weigher)).toList());
    }

    return scores;
  }

  private static <M> WeighedScore weighed(Scorer<M> scorer, Measured<M> measured, String weigher) {
    if (measured.failed()) {
      return WeighedScore.unweighed(Score.failed(measured.error()));
    }

    Score score = scorer.score(measured.measurement());
    boolean weighs = scorer.name().equals(weigher) && score.status() == Status.SCORED;
    return weighs && scorer instanceof TokenWeights<?> weights
        ? new WeighedScore(
            score, SharedMeasurement.<M>same(weights).weights(measured.measurement()))
        : WeighedScore.unweighed(score);
  }

  /** A scorer weighs tokens by the measurement that it scores by. */
  @SuppressWarnings("unchecked")
  private static <M> TokenWeights<M> same(TokenWeights<?> weights) {
    return (TokenWeights<M>) weights;
  }
}
