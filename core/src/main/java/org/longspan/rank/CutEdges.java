package org.longspan.rank;

/**
 * Where a {@link QuantileCut} falls in one stratum: documents with a score from {@code low} to
 * {@code high} are kept.
 *
 * @param documents documents of the stratum that have a score
 * @param kept those that are kept
 * @param low the lowest score that is kept; positive infinity where none is
 * @param high the highest score that is kept; negative infinity where none is
 */
public record CutEdges(long documents, long kept, double low, double high) {}
