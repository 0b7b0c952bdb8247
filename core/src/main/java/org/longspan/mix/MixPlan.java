package org.longspan.mix;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How many tokens every cell of a corpus will have.
 *
 * @param supplies what there is
 * @param targets what the mix asks for
 * @param chosen tokens of each cell that has any, copies counted; with a shortage and the policy
 *     {@link Infeasible#FAIL}, those of {@link Infeasible#RENORMALISE}
 * @param maxEpochs the highest rate allowed
 * @param shortages the cells that lack tokens
 */
public record MixPlan(
    Supplies supplies,
    Targets targets,
    SortedMap<Cell, Long> chosen,
    double maxEpochs,
    Shortages shortages) {
  /** Epochs up to which repeated tokens are worth about as much as new ones, arXiv 2305.16264. */
  public static final double HARMLESS_EPOCHS = 4;

  public MixPlan {
    chosen = Collections.unmodifiableSortedMap(new TreeMap<>(chosen));
  }

  /** Tokens of all cells, copies counted. */
  public long tokens() {
    return chosen.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Tokens of a cell, copies counted. */
  public long tokens(Cell cell) {
    return chosen.getOrDefault(cell, 0L);
  }

  /** How often a cell's documents are taken, on average over its tokens: its epochs. */
  public double rate(Cell cell) {
    long there = supplies.of(cell).tokens();
    return there == 0 ? 0 : (double) tokens(cell) / there;
  }

  /** The cells that are taken more than {@link #HARMLESS_EPOCHS} times. */
  public List<Cell> repeatedMuch() {
    return chosen.keySet().stream().filter(cell -> rate(cell) > HARMLESS_EPOCHS).toList();
  }
}
