package org.longspan.gradient;

/**
 * How much the mean loss of a window's last tokens, its response, would change with the embedding
 * of each token.
 *
 * @param start index in the document of the window's first token
 * @param response index in the window of the first token whose loss counts
 * @param norms of the gradient on each token's embedding; 0 of the last, which predicts nothing
 * @param loss the response's mean loss in nats
 */
public record EmbeddingWindow(int start, int response, float[] norms, double loss) {}
