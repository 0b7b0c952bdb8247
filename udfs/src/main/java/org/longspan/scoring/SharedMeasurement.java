package org.longspan.scoring;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.longspan.measure.Measured;
import org.longspan.score.Score;

/**
 * A measurement and all the wanted scorers that read it.
 *
 * @param <M> what is measured
 */
public final class SharedMeasurement<M> {
  private final int minTokens;
  private final Measurement<M> measurement;
  private final List<Method<M>> methods;

  SharedMeasurement(int minTokens, Measurement<M> measurement, List<Method<M>> methods) {
    this.minTokens = minTokens;
    this.measurement = measurement;
    this.methods = methods;
  }

  /** The scorers' names, in the order of each document's scores. */
  public List<String> scorers() {
    return methods.stream().map(method -> method.scorer().name()).toList();
  }

  /** Whether a second model is asked beside the first. */
  public boolean comparesModels() {
    return measurement.comparesModels();
  }

  /** Whether the model's gradients are asked for. */
  public boolean needsGradients() {
    return measurement.needsGradients();
  }

  /** How much of the scoring model is asked. */
  public ModelPart part() {
    return measurement.part();
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
    return scoreFully(models, batchTokens, documents).stream()
        .map(scores -> scores.stream().map(FullScore::score).toList())
        .toList();
  }

  /** The same, with what the scorers say for the side tables that are wanted of them. */
  public List<List<FullScore>> scoreFully(
      LanguageModels models, int batchTokens, List<Excerpt> documents) {
    models.main().requirePositions(rowTokens());
    List<Measured<M>> measured = measurement.measure(models, batchTokens, documents);
    List<List<FullScore>> scores = new ArrayList<>();

    for (int d = 0; d < documents.size(); d++) {
      Excerpt document = documents.get(d);
      Measured<M> answer = measured.get(d);
      scores.add(methods.stream().map(method -> method.score(document, answer)).toList());
    }

    return scores;
  }
}
