package org.longspan.model;

/**
 * What a model said of the tokens of some rows. Entry t of a row belongs to token t + 1 after
 * tokens 0 to t, so each row has one entry less than tokens.
 *
 * @param losses -ln p of the true token, in nats
 * @param entropies -sum over the vocabulary of p ln p, in nats: from 0 to ln of the vocabulary's
 *     size
 * @param first whether the true token was the most probable one; of equally probable ones that of
 *     the lowest id is
 */
public record Predictions(float[][] losses, float[][] entropies, boolean[][] first) {}
