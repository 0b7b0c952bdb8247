package org.longspan.rank;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The stratum in which each domain × length cell is ranked: the cell itself where it has enough
 * documents, else its domain, else all documents. A larger stratum's ranks count all documents in
 * it, also those that are themselves ranked in a smaller one.
 */
public final class Strata {
  private final SortedMap<Stratum, Long> cells;
  private final SortedMap<Stratum, Long> sizes;
  private final SortedMap<Stratum, Stratum> ranked;
  private final SortedSet<Stratum> used;

  private Strata(
      SortedMap<Stratum, Long> cells,
      SortedMap<Stratum, Long> sizes,
      SortedMap<Stratum, Stratum> ranked) {
    this.cells = Collections.unmodifiableSortedMap(cells);
    this.sizes = sizes;
    this.ranked = ranked;
    this.used = Collections.unmodifiableSortedSet(new TreeSet<>(ranked.values()));
  }

  /**
   * O(cells log cells).
   *
   * @param cells documents of each domain × length cell
   * @param minGroup documents from which a stratum stands for itself; all documents always do
   */
  public static Strata of(Map<Stratum, Long> cells, long minGroup) {
    SortedMap<Stratum, Long> sizes = new TreeMap<>();
    cells.forEach(
        (cell, documents) -> lineage(cell).forEach(s -> sizes.merge(s, documents, Long::sum)));
    SortedMap<Stratum, Stratum> ranked = new TreeMap<>();
    cells
        .keySet()
        .forEach(
            cell ->
                ranked.put(
                    cell,
                    lineage(cell)
                        .filter(s -> sizes.get(s) >= minGroup)
                        .findFirst()
                        .orElse(Stratum.ALL)));
    return new Strata(new TreeMap<>(cells), sizes, ranked);
  }

  /** The cells, and the documents of each. */
  public SortedMap<Stratum, Long> cells() {
    return cells;
  }

  /** The strata in which some cell is ranked, in order. */
  public SortedSet<Stratum> used() {
    return used;
  }

  /** The stratum in which a cell is ranked. */
  public Stratum of(Stratum cell) {
    return ranked.get(cell);
  }

  /** The strata in which a cell's documents count, the smallest first. */
  public List<Stratum> countedIn(Stratum cell) {
    return lineage(cell).filter(used::contains).toList();
  }

  /** Documents that count in a stratum. */
  public long documents(Stratum stratum) {
    return sizes.getOrDefault(stratum, 0L);
  }

  private static Stream<Stratum> lineage(Stratum cell) {
    return Stream.iterate(Optional.of(cell), Optional::isPresent, s -> s.get().parent())
        .map(Optional::get);
  }
}
