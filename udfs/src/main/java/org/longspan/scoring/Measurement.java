package org.longspan.scoring;

import java.util.List;
import java.util.Optional;
import org.longspan.measure.Measured;
import org.longspan.model.CausalLm;

/**
 * A kind of question to a language model, with its settings: what it reads of a document, what that
 * costs, and the answers. Everything but the answers depends on doc_id and length alone, so work is
 * planned without a model. Equal measurements (they are records) give equal answers.
 *
 * @param <M> the answer, which scorers read
 */
interface Measurement<M> {
  /** Why a document of this length can't be measured, in a sentence; empty where it can. */
  Optional<String> tooShort(int tokens);

  /** Tokens that go through the model for a document of this length; 0 where it is too short. */
  long passTokens(int tokens);

  /** Tokens of the longest row that a model is asked about, a context before it included. */
  int rowTokens();

  /** Offsets of the tokens that are read, ascending, for a document that is long enough. */
  int[] positions(String docId, int tokens);

  /** The answers in the documents' order. Batches are formed from this list alone. */
  List<Measured<M>> measure(CausalLm model, int batchTokens, List<Excerpt> documents);
}
