/**
 * Where a model looks: the weights that its attention gives to earlier tokens, summed up so far
 * that no matrix of all tokens by all tokens ever exists.
 *
 * <p>While a model reads a window, an {@link org.longspan.attention.AttentionView} says what to
 * keep of the weights: their sums over {@linkplain org.longspan.attention.SpanMasses spans}, over
 * {@linkplain org.longspan.attention.DistanceMasses distances that double}, {@linkplain
 * org.longspan.attention.FarMasses beyond a distance}, or {@linkplain
 * org.longspan.attention.ResponseMasses from a response to the segments before it}, or only
 * {@linkplain org.longspan.attention.TopPositions where they are highest}. Views are values: those
 * of several scorers are read in one pass, and equal ones once; some may be read of {@linkplain
 * org.longspan.attention.Sampled a part of the queries}, with an error. The scorers here turn what
 * was read into scores: {@link org.longspan.attention.Ladm}, {@link
 * org.longspan.attention.LongAttn}, {@link org.longspan.attention.AttentionByDistance} and {@link
 * org.longspan.attention.ContextualAwareness}; {@link org.longspan.attention.RetrievalHeads} finds
 * heads that are worth reading, and {@link org.longspan.attention.DependencyGraph} shows a
 * document's strongest links.
 */
package org.longspan.attention;
