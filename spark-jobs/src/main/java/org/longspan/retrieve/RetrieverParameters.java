package org.longspan.retrieve;

import java.util.List;
import java.util.Optional;
import org.longspan.relate.NearDuplicates;
import org.longspan.relate.UtteranceOverlap;

/**
 * What a retriever can be told; each takes what it needs.
 *
 * @param neighbours the most edges of a document
 * @param queryTerms terms of a document that are searched for
 * @param metadata names of facts in which neighbours agree
 * @param fileOrder order of the files of a repository
 * @param keywords keywords of a document
 * @param embedding makes vectors of texts
 * @param overlap what two dialogues may have in common
 * @param nearDuplicates which neighbours are left out as near-duplicates; none where it is empty
 * @param seed the run's seed
 */
public record RetrieverParameters(
    int neighbours,
    int queryTerms,
    List<String> metadata,
    Repository.Order fileOrder,
    int keywords,
    Embedding embedding,
    UtteranceOverlap overlap,
    Optional<NearDuplicates> nearDuplicates,
    long seed) {
  /** With what BM25 needs, and the others as usual. */
  public RetrieverParameters(int neighbours, int queryTerms) {
    this(
        neighbours,
        queryTerms,
        List.of(),
        Repository.Order.WALK,
        5,
        Embedding.MINILM,
        new UtteranceOverlap(10, 5),
        Optional.empty(),
        0);
  }

  /** The same for another number of edges. */
  RetrieverParameters withNeighbours(int most) {
    return new RetrieverParameters(
        most, queryTerms, metadata, fileOrder, keywords, embedding, overlap, nearDuplicates, seed);
  }
}
