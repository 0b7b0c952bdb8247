package org.longspan.retrieve;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * A way to find neighbours inside a slice. Implementations are immutable, and their edges depend on
 * the slice's documents alone.
 */
public interface Retriever extends Serializable {
  /** The name in configurations and in the {@code retriever} column. */
  String name();

  /** Everything that decides the edges of given documents, by name: parameters and limits. */
  Map<String, String> identity();

  /** Whether there is anything to search. Where not, no slice is formed and no text moves. */
  default boolean searches() {
    return true;
  }

  /**
   * What it reads of a document besides the text: {@code source}, {@code repo}, {@code path}, or a
   * key of {@code meta}. Nothing else is moved.
   */
  default List<String> facts() {
    return List.of();
  }

  /**
   * Finds the neighbours of every document.
   *
   * @param documents one slice, in ascending order of doc_id; read to its end before this returns
   * @param scratch an empty local directory, removed by the caller after the stream is closed
   * @return edges by document, in the order of the documents, and by rank
   */
  EdgeStream relate(Iterator<Candidate> documents, Path scratch) throws IOException;
}
