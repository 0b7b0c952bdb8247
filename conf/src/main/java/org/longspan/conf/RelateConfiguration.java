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
    @Limit.OneOf({"bm25", "none"}) String retriever,
    @Limit.AtLeast(1) int neighbours,
    @Limit.AtLeast(1) @Limit.AtMost(1024) int queryTerms,
    @Limit.AtLeast(1) int sliceDocuments) {}
