package org.longspan.retrieve;

import java.util.List;

/**
 * What a retriever can be told; each takes what it needs.
 *
 * @param neighbours the most edges of a document
 * @param queryTerms terms of a document that are searched for
 * @param metadata names of facts in which neighbours agree
 * @param fileOrder order of the files of a repository
 * @param keywords keywords of a document
 */
public record RetrieverParameters(
    int neighbours,
    int queryTerms,
    List<String> metadata,
    Repository.Order fileOrder,
    int keywords) {
  /** With what BM25 needs, and the others as usual. */
  public RetrieverParameters(int neighbours, int queryTerms) {
    this(neighbours, queryTerms, List.of(), Repository.Order.WALK, 5);
  }
}
