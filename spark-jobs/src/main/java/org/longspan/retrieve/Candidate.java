package org.longspan.retrieve;

/**
 * A document that can be a neighbour and has neighbours.
 *
 * @param id doc_id
 * @param text the whole text
 */
public record Candidate(String id, String text) {}
