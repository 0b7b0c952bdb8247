/**
 * From text to the ids that a trainer or a language model reads, and back.
 *
 * <p>A {@link org.longspan.tokenizer.Tokenizer} is a Hugging Face {@code tokenizer.json} run by the
 * reference implementation. That implementation wants a whole text in memory several times over, so
 * a long document goes through it in overlapping pieces, and {@link
 * org.longspan.tokenizer.PieceJoiner} joins what comes out where neighbouring pieces agree.
 */
package org.longspan.tokenizer;
