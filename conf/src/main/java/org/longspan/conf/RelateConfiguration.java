package org.longspan.conf;

/**
 * How neighbours are found.
 *
 * @param retriever {@code bm25} or {@code none}
 * @param neighbours edges a document
 * @param queryTerms terms of a document that are searched for, the rarest and most frequent first
 * @param sliceDocuments documents that are related and packed together, about
 */
public record RelateConfiguration(
    String retriever, int neighbours, int queryTerms, int sliceDocuments) {}
