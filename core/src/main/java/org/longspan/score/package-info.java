/**
 * Scores of long-range dependency. A scorer turns measurements, plain arrays that say what a
 * language model thought of a document's parts, into one number a document. It never sees a model,
 * so each published method is one class of arithmetic that is tested on golden numbers.
 *
 * <p>All losses are natural logarithms a token. Higher is better for every score but that of {@link
 * org.longspan.score.Compressibility}, of which both ends are bad, and a score that could not be
 * computed has a {@linkplain org.longspan.score.Status status} in place of a value.
 */
package org.longspan.score;
