package org.longspan.retrieve;

/**
 * One neighbour of a document.
 *
 * @param id doc_id of the document
 * @param neighbourId doc_id of the neighbour
 * @param rank from 0, the most similar first
 * @param similarity in (0, 1]; what it means is the retriever's to say
 */
public record Edge(String id, String neighbourId, int rank, double similarity) {}
