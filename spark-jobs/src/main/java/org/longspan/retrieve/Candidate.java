package org.longspan.retrieve;

import java.util.Map;

/**
 * A document that can be a neighbour and has neighbours.
 *
 * @param id doc_id
 * @param text the whole text
 * @param facts what the retriever asked for, by name; without what the document has not
 */
public record Candidate(String id, String text, Map<String, String> facts) {
  public Candidate {
    facts = Map.copyOf(facts);
  }

  /** A document of which nothing but its text is known. */
  public Candidate(String id, String text) {
    this(id, text, Map.of());
  }
}
