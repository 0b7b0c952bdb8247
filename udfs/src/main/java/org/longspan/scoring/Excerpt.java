package org.longspan.scoring;

/**
 * The part of a document that a measurement reads.
 *
 * @param docId the document
 * @param tokens tokens of the whole document
 * @param ids the tokens at {@link Measurement#positions}, in that order
 */
public record Excerpt(String docId, int tokens, int[] ids) {}
