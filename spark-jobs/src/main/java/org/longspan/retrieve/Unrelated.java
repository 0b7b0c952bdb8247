package org.longspan.retrieve;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;

/** The retriever {@code none}: no document has neighbours, and packing goes by chance or length. */
public record Unrelated() implements Retriever {
  static final String NAME = "none";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Map<String, String> identity() {
    return Map.of();
  }

  @Override
  public boolean searches() {
    return false;
  }

  @Override
  public EdgeStream relate(Iterator<Candidate> documents, Path scratch) {
    throw new UnsupportedOperationException("There is nothing to search for.");
  }
}
