package org.longspan.mix;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * How many tokens each cell is to have, whether it can or not.
 *
 * @param tokens by cell, 0 or more, in fractions of a token; cells that are to have none may be
 *     left out
 */
public record Targets(SortedMap<Cell, Double> tokens) {
  public Targets {
    tokens = Collections.unmodifiableSortedMap(new TreeMap<>(tokens));
  }

  /** Tokens of a cell. */
  public double of(Cell cell) {
    return tokens.getOrDefault(cell, 0.0);
  }

  /** Tokens of all cells. */
  public double total() {
    return total(cell -> true);
  }

  /** Tokens of some cells. */
  public double total(Predicate<Cell> of) {
    return tokens.entrySet().stream()
        .filter(entry -> of.test(entry.getKey()))
        .mapToDouble(SortedMap.Entry::getValue)
        .sum();
  }
}
