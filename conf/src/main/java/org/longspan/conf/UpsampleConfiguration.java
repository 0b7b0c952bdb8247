package org.longspan.conf;

/**
 * How documents are chosen.
 *
 * @param mode {@code per-source} or {@code none}
 * @param longFrom tokens from which a document is long
 * @param longShare share of tokens, in every domain, that long documents are to have
 * @param tokens tokens to choose in all; 0: as many as the corpus has
 * @param maxEpochs copies of one document at most
 * @param infeasible what to do where a target can't be met: {@code fail} or {@code shrink}
 */
public record UpsampleConfiguration(
    String mode,
    int longFrom,
    double longShare,
    long tokens,
    double maxEpochs,
    String infeasible) {}
