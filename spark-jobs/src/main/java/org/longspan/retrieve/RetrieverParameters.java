package org.longspan.retrieve;

/**
 * What a retriever can be told; each takes what it needs.
 *
 * @param neighbours the most edges of a document
 * @param queryTerms terms of a document that are searched for
 */
public record RetrieverParameters(int neighbours, int queryTerms) {}
