/**
 * Which documents to train on, and how often.
 *
 * <p>A corpus is cut into cells: a domain and a length bucket. A {@link org.longspan.mix.Mix} says
 * how many tokens each cell should have; each published recipe is one class, and {@link
 * org.longspan.mix.Mixes} knows them by name. {@link org.longspan.mix.Allocation} turns that into
 * what the corpus can give, and says which cells lack tokens. Neither ever sees a document.
 *
 * <p>Inside a cell every document gets the whole part of the cell's rate, and the documents first
 * in rank, which hold the rate's fraction of the cell's tokens, get one copy more. Rank is by
 * score, then by hash, packed into one sortable number ({@link org.longspan.mix.RankKey}); so the
 * choice is a single threshold a cell, which a few rounds of histograms find whatever the size of
 * the corpus ({@link org.longspan.mix.KeyThreshold}), and one document at it ({@link
 * org.longspan.mix.BorderDocument}).
 */
package org.longspan.mix;
