package org.longspan.gradient;

/**
 * What a step of gradient descent on each batch of former phrases is worth to the latter phrases
 * behind it.
 *
 * @param start index in the document of the window's first token
 * @param tokens tokens of the window
 * @param gains for each batch the gain in nats, ln p after the step - ln p before it, of the tokens
 *     from {@link PhrasePlan#firstLatter} on
 */
public record SteppedWindow(int start, int tokens, float[][] gains) {}
