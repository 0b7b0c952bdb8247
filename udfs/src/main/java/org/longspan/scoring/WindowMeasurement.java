package org.longspan.scoring;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToLongFunction;
import org.longspan.context.WindowPlan;
import org.longspan.measure.Measured;
import org.longspan.measure.TokenWindow;

/**
 * What is asked of each of a document's windows by itself, one question a window.
 *
 * @param windows which windows are read
 * @param leastTokens documents of fewer tokens are too short
 * @param rowTokens tokens of the longest row that a model is asked about
 * @param gradients whether the model's gradients are asked for
 * @param cost tokens that go through the model for a window of so many tokens
 * @param question the question
 */
record WindowMeasurement<M>(
    WindowPlan windows,
    int leastTokens,
    int rowTokens,
    boolean gradients,
    IntToLongFunction cost,
    Question<M> question)
    implements Measurement<M> {

  /** What is asked of a document's windows. */
  interface Question<M> {
    /**
     * @param documentTokens tokens of the whole document
     */
    Measured<M> ask(LanguageModels models, int documentTokens, List<TokenWindow> windows);
  }

  @Override
  public boolean needsGradients() {
    return gradients;
  }

  @Override
  public Optional<String> tooShort(int tokens) {
    return Measurement.tooShort(tokens, leastTokens);
  }

  @Override
  public long passTokens(String docId, int tokens) {
    return tooShort(tokens).isPresent()
        ? 0
        : Arrays.stream(windows.starts(docId, tokens))
            .mapToLong(start -> cost.applyAsLong(windows.end(start, tokens) - start))
            .sum();
  }

  @Override
  public int[] positions(String docId, int tokens) {
    return windows.positions(docId, tokens);
  }

  @Override
  public List<Measured<M>> measure(
      LanguageModels models, int batchTokens, List<Excerpt> documents) {
    return documents.stream()
        .map(each -> question.ask(models, each.tokens(), each.windows(windows)))
        .toList();
  }

  /** Questions are not compared, so nothing is shared. */
  @Override
  public Optional<Measurement<M>> with(Measurement<?> other) {
    return Optional.empty();
  }
}
