package org.longspan.mix;

import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.longspan.length.LengthBorders;
import org.longspan.length.LengthBucket;

/**
 * What a corpus has to choose from, exactly.
 *
 * @param borders where the cells' length buckets begin
 * @param cells the cells that have documents
 */
public record Supplies(LengthBorders borders, SortedMap<Cell, Supply> cells) {
  public Supplies {
    cells = Collections.unmodifiableSortedMap(new TreeMap<>(cells));

    for (Cell cell : cells.keySet()) {
      if (!borders.bucket(cell.bucket().from()).equals(cell.bucket())) {
        throw new IllegalArgumentException(
            "The cell %s is none of the borders %s.".formatted(cell, borders.borders()));
      }
    }
  }

  /** Those of some lengths alone. */
  public Supplies within(LengthBucket lengths) {
    SortedMap<Cell, Supply> inside = new TreeMap<>();
    cells.forEach(
        (cell, supply) -> {
          if (lengths.contains(cell.bucket().from()) && lengths.contains(cell.bucket().to())) {
            inside.put(cell, supply);
          }
        });
    return new Supplies(borders, inside);
  }

  /** A share of every cell. */
  public Supplies times(double factor) {
    SortedMap<Cell, Supply> parts = new TreeMap<>();
    cells.forEach((cell, supply) -> parts.put(cell, supply.times(factor)));
    return new Supplies(borders, parts);
  }

  /** Of one cell; nothing where it has no documents. */
  public Supply of(Cell cell) {
    return cells.getOrDefault(cell, Supply.NONE);
  }

  /** Of all cells. */
  public Supply total() {
    return total(cell -> true);
  }

  /** Of some cells. */
  public Supply total(Predicate<Cell> of) {
    return cells.entrySet().stream()
        .filter(entry -> of.test(entry.getKey()))
        .map(SortedMap.Entry::getValue)
        .reduce(Supply.NONE, Supply::plus);
  }

  /** The domains that have tokens, by name, and how many. */
  public SortedMap<String, Long> domains() {
    SortedMap<String, Long> domains = new TreeMap<>();
    cells.forEach((cell, supply) -> domains.merge(cell.domain(), supply.tokens(), Long::sum));
    domains.values().removeIf(tokens -> tokens == 0);
    return domains;
  }

  /** Tokens of a domain by length bucket. */
  public SortedMap<LengthBucket, Long> lengths(String domain) {
    SortedMap<LengthBucket, Long> lengths = new TreeMap<>();
    cells.forEach(
        (cell, supply) -> {
          if (cell.domain().equals(domain)) {
            lengths.put(cell.bucket(), supply.tokens());
          }
        });
    return lengths;
  }

  /**
   * Checks that domains that a mix speaks of are there.
   *
   * @param key where they are set
   * @throws UnfitMixException with those that have no tokens
   */
  void check(Set<String> named, String key) {
    Set<String> known = domains().keySet();
    for (String domain : named) {
      if (!known.contains(domain)) {
        throw new UnfitMixException(
            "%s names the domain %s, of which the corpus has no tokens; its domains are %s."
                .formatted(key, domain, String.join(", ", known)));
      }
    }
  }
}
