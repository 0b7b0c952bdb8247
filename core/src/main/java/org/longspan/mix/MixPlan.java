package org.longspan.mix;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Rates for every cell of a corpus, as near to a mix's targets as the corpus allows.
 *
 * @param tokens tokens that will be chosen in all, copies counted
 * @param rates the rates of each domain, by name
 * @param infeasible the cells that keep the plan from its targets; empty where it meets them
 */
public record MixPlan(
    long tokens, SortedMap<String, Rates> rates, List<InfeasibleCell> infeasible) {
  public MixPlan {
    rates = Collections.unmodifiableSortedMap(new TreeMap<>(rates));
    infeasible = List.copyOf(infeasible);
  }

  /** The rate of a cell of a domain that the plan knows. */
  public double rate(Cell cell) {
    return rates.get(cell.domain()).of(cell.length());
  }
}
