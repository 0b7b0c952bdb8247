package org.longspan.scoring;

import java.util.List;
import org.longspan.attention.DependencyGraph;

/** What a scorer says of a document beside its score: the document's part of a side table. */
public sealed interface Aside {
  /**
   * Of {@link SideTable#TOKEN_WEIGHTS}.
   *
   * @param weights one a token of the document
   */
  record Weights(float[] weights) implements Aside {}

  /**
   * Of {@link SideTable#LINKS}.
   *
   * @param links the strongest first
   */
  record Links(List<DependencyGraph.Link> links) implements Aside {}
}
