package org.longspan.scoring;

/**
 * A question to a document's text that needs no model and no tokens, so that it can be asked where
 * the text lies.
 *
 * @param <M> the answer, which scorers read
 */
interface TextMeasurement<M> {
  M measure(String text);
}
