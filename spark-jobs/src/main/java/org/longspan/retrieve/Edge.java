package org.longspan.retrieve;

/**
 * One neighbour of a document.
 *
 * @param id doc_id of the document
 * @param neighbourId doc_id of the neighbour
 * @param rank from 0, the most similar first; of a near-duplicate, its place among the
 *     near-duplicates
 * @param similarity in (0, 1]; what it means is the retriever's to say
 * @param nearDuplicate whether both are nearly the same text, so that the edge is counted and no
 *     more
 */
public record Edge(
    String id, String neighbourId, int rank, double similarity, boolean nearDuplicate) {
  /** An edge that joins two documents. */
  public Edge(String id, String neighbourId, int rank, double similarity) {
    this(id, neighbourId, rank, similarity, false);
  }
}
