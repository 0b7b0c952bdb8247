package org.longspan.conf;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How documents are chosen.
 *
 * @param mode {@code per-source} or {@code none}
 * @param longFrom tokens from which a document is long
 * @param longShare share of tokens, in every domain, that long documents are to have
 * @param tokens tokens to choose in all; 0: as many as the corpus has
 * @param maxEpochs copies of one document at most
 * @param infeasible what to do where a target can't be met: {@code fail} or {@code shrink}
 * @param scorer the scorer that ranks documents, {@code none} for chance, or null: see {@link
 *     RunConfiguration#rankingScorer}
 * @param cut which documents are left out by their score before any choice
 */
public record UpsampleConfiguration(
    @Limit.OneOf({"per-source", "none"}) String mode,
    @Limit.AtLeast(1) int longFrom,
    @Limit.Inside(low = 0, high = 1) double longShare,
    @Limit.AtLeast(1) @Limit.Word(value = "corpus", means = 0) long tokens,
    @Limit.AtLeast(1) @Limit.AtMost(16) double maxEpochs,
    @Limit.OneOf({"fail", "shrink"}) String infeasible,
    @Limit.OrNull String scorer,
    CutConfiguration cut) {
  /** The ranking scorer's name where chance ranks. */
  public static final String CHANCE = "none";

  /**
   * A cut at quantiles of a score among like documents, or at a score of its own for a domain.
   *
   * @param scorer whose scores are cut; null: the scorer that ranks documents
   * @param from the lowest rank that is kept
   * @param to the highest rank that is kept
   * @param thresholds the lowest score that is kept, by domain, in place of quantiles
   * @param borders tokens at which length buckets begin
   * @param minGroup documents below which a group is cut as part of a larger one
   */
  public record CutConfiguration(
      @Limit.OrNull String scorer,
      @Limit.AtLeast(0) @Limit.AtMost(1) double from,
      @Limit.AtLeast(0) @Limit.AtMost(1) double to,
      Map<String, Double> thresholds,
      List<Integer> borders,
      @Limit.AtLeast(1) long minGroup) {
    public CutConfiguration {
      thresholds = Collections.unmodifiableSortedMap(new TreeMap<>(thresholds));
      borders = List.copyOf(borders);
    }

    /** Whether anything is cut. */
    public boolean isSet() {
      return from > 0 || to < 1 || !thresholds.isEmpty();
    }
  }
}
