/**
 * Which documents to train on, and how often.
 *
 * <p>A corpus is cut into cells: the short and the long documents of each domain. A plan gives
 * every cell a rate, the copies that a document of the cell gets on average, from exact token
 * counts; it never sees a document. Inside a cell every document gets the whole part of the rate,
 * and the documents first in rank, which hold the rate's fraction of the cell's tokens, get one
 * more. Rank is by score, then by hash, packed into one sortable number; so the choice is a single
 * threshold a cell, which a few rounds of histograms find whatever the size of the corpus.
 */
package org.longspan.mix;
