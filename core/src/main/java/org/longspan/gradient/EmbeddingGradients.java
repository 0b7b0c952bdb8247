package org.longspan.gradient;

import java.util.List;

/**
 * What was measured of one document by gradients on its embeddings.
 *
 * @param documentTokens tokens of the whole document
 * @param windows what was read of it, in its order, without overlap
 */
public record EmbeddingGradients(int documentTokens, List<EmbeddingWindow> windows) {
  public EmbeddingGradients {
    windows = List.copyOf(windows);
  }
}
