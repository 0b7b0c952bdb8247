package org.longspan.scoring;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
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
    return measurement.measure(models, batchTokens, documents).stream().map(this::scores).toList();
  }

  /**
   * The same, and beside each score the token weights that its scorer gives: those of one scorer,
   * for documents that it scores.
   *
   * @param weigher the name of a scorer that {@linkplain Scoring#weighers weighs tokens}
   */
  public List<List<WeighedScore>> weigh(
      LanguageModels models, int batchTokens, List<Excerpt> documents, String weigher) {
    models.main().requirePositions(rowTokens());
    List<List<WeighedScore>> weighed = new ArrayList<>();

    for (Measured<M> measured : measurement.measure(models, batchTokens, documents)) {
      List<Score> scores = scores(measured);
      weighed.add(
          IntStream.range(0, scores.size())
              .mapToObj(s -> weighed(scorers.get(s), scores.get(s), measured, weigher))
              .toList());
    }

    return weighed;
  }

  private List<Score> scores(Measured<M> measured) {
    return scorers.stream()
        .map(
            scorer ->
                measured.failed()
                    ? Score.failed(measured.error())
                    : scorer.score(measured.measurement()))
        .toList();
  }

  private static <M> WeighedScore weighed(
      Scorer<M> scorer, Score score, Measured<M> measured, String weigher) {
    if (score.status() != Status.SCORED || !scorer.name().equals(weigher)) {
      return WeighedScore.unweighed(score);
    }

    if (!(scorer instanceof TokenWeights)) {
      throw new IllegalArgumentException("The scorer '%s' gives no weights.".formatted(weigher));
    }

    // A scorer weighs tokens by what it scores by.
    @SuppressWarnings("unchecked")
    TokenWeights<M> weights = (TokenWeights<M>) scorer;
    return new WeighedScore(score, weights.weights(measured.measurement()));
  }
}
