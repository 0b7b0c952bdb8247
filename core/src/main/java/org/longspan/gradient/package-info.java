/**
 * What the gradient of a language model's loss says of a document, the measurement behind scores of
 * influence.
 *
 * <p>A loss tells how well a token is predicted. Its gradient tells what would change that: on the
 * weights, what a model learns from one place of a text and what that is worth at another ({@link
 * org.longspan.gradient.SteppedWindows}); on the embeddings, which earlier tokens a prediction
 * rests on ({@link org.longspan.gradient.EmbeddingGradients}). Both cost several times a forward
 * pass, so documents are read in a bounded number of windows.
 */
package org.longspan.gradient;
