package org.longspan.measure;

import java.util.List;
import org.longspan.context.PassPredictions;

/**
 * What was predicted of a document's tokens; entry k is about the token k + 1, as in all of them.
 *
 * @param alone of the document by itself
 * @param after of the document after each neighbour, in their order
 */
public record NeighbourPredictions(PassPredictions alone, List<PassPredictions> after) {
  public NeighbourPredictions {
    after = List.copyOf(after);
  }
}
