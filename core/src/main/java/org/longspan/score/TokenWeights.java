package org.longspan.score;

/**
 * A method that also says how much each token of a document should weigh in training.
 *
 * @param <M> the measurement that the method reads
 */
public interface TokenWeights<M> {
  /** One weight a token of the document, not negative; 1 is that of an ordinary token. */
  float[] weights(M measured);
}
