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
    @Limit.OneOf({"per-source", "none"}) String mode,
    @Limit.AtLeast(1) int longFrom,
    @Limit.Inside(low = 0, high = 1) double longShare,
    @Limit.AtLeast(1) @Limit.Word(value = "corpus", means = 0) long tokens,
    @Limit.AtLeast(1) @Limit.AtMost(16) double maxEpochs,
    @Limit.OneOf({"fail", "shrink"}) String infeasible) {}
