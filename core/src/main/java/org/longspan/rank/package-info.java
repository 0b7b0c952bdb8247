/**
 * How a document's score compares with those of like documents.
 *
 * <p>Scores of different scorers have different scales, and a score's scale differs between domains
 * and lengths; ranks do not. A {@link org.longspan.rank.Stratum} holds the documents that are
 * compared: one domain and one length bucket, or where these are too few, the whole domain, or all.
 * {@link org.longspan.rank.Strata} decides which. A rank is the share of the stratum's documents
 * with a lower score, counting half of those with the same one and half of the document itself: it
 * lies inside (0, 1), is 1/2 where a document stands alone, and depends on no document's name.
 *
 * <p>Ranks of several scorers are joined by {@link org.longspan.rank.RankMean}; {@link
 * org.longspan.rank.QuantileCut} leaves out the ends.
 */
package org.longspan.rank;
