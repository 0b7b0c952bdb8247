package org.longspan.run;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What went into a stage and what became of it. The first law of a run: {@code in + added = out +
 * dropped}, for documents and for tokens.
 *
 * @param in what the stage read
 * @param added what it added on purpose, such as further copies of a document or separators, by
 *     reason
 * @param out what it passed on
 * @param dropped what it left out, by reason; every one of them is also in the {@code drops} table
 */
public record Balance(
    Counts in, SortedMap<String, Counts> added, Counts out, SortedMap<String, Counts> dropped) {
  public Balance {
    added = Collections.unmodifiableSortedMap(new TreeMap<>(added));
    dropped = Collections.unmodifiableSortedMap(new TreeMap<>(dropped));
  }

  public static Balance of(
      Counts in, Map<String, Counts> added, Counts out, Map<String, Counts> dropped) {
    return new Balance(in, new TreeMap<>(added), out, new TreeMap<>(dropped));
  }

  /** Nothing left, nothing added. */
  public static Balance unchanged(Counts counts) {
    return of(counts, Map.of(), counts, Map.of());
  }

  /** Whether the first law holds. */
  public boolean holds() {
    Counts left = added.values().stream().reduce(in, Counts::plus);
    Counts right = dropped.values().stream().reduce(out, Counts::plus);
    return left.equals(right);
  }
}
