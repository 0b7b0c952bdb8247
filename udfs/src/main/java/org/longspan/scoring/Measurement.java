package org.longspan.scoring;

import java.util.List;
import java.util.Optional;
import org.longspan.measure.Measured;

/**
 * A kind of question to a language model, with its settings: what it reads of a document, what that
 * costs, and the answers. Everything but the answers depends on doc_id and length alone, so work is
 * planned without a model.
 *
 * @param <M> the answer, which scorers read
 */
interface Measurement<M> {
  /** Why a document of this length can't be measured, in a sentence; empty where it can. */
  Optional<String> tooShort(int tokens);

  /** That for a measurement that needs so many tokens. */
  static Optional<String> tooShort(int tokens, int least) {
    return tokens >= least
        ? Optional.empty()
        : Optional.of(
            "The document has %d tokens, fewer than the %d that the score needs."
                .formatted(tokens, least));
  }

  /** Tokens that go through the models for a document; 0 where it is too short. */
  long passTokens(String docId, int tokens);

  /** Tokens of the longest row that a model is asked about, a context before it included. */
  int rowTokens();

  /** Offsets of the tokens that are read, ascending, for a document that is long enough. */
  int[] positions(String docId, int tokens);

  /** Whether a second model is asked beside the first. */
  default boolean comparesModels() {
    return false;
  }

  /** Whether the model's gradients are asked for. */
  default boolean needsGradients() {
    return false;
  }

  /** How much of the scoring model is asked. */
  default ModelPart part() {
    return ModelPart.WHOLE;
  }

  /** The answers in the documents' order. Batches are formed from this list alone. */
  List<Measured<M>> measure(LanguageModels models, int batchTokens, List<Excerpt> documents);

  /**
   * A measurement whose answers serve the scorers of both, at no more than the cost of both; empty
   * where nothing can be shared.
   */
  Optional<Measurement<M>> with(Measurement<?> other);
}
