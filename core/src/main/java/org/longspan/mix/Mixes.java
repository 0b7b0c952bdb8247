package org.longspan.mix;

import java.util.Collections;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** The mixes by the names that configurations have for them. A new one is a line here. */
public final class Mixes {
  private static final Map<String, Function<MixParameters, Mix>> BY_NAME =
      new TreeMap<>(
          Map.of(
              "none", told -> new Natural(),
              "cut", told -> new Natural(),
              "per-source", told -> new PerSource(told.lengths()),
              "global", told -> new Global(told.lengths()),
              "domain-weighted", Mixes::weighted,
              "temperature", told -> new Temperature(told.temperature(), told.lengths()),
              "unimax", told -> new UniMax(told.maxEpochs(), told.lengths()),
              "table", told -> new TargetTable(told.table())));

  private Mixes() {}

  /** The mix of that name. */
  public static Mix named(String name, MixParameters told) {
    Function<MixParameters, Mix> mix = BY_NAME.get(name);
    if (mix == null) {
      throw new IllegalArgumentException(
          "upsample.mode must be one of %s, not \"%s\"."
              .formatted(String.join(", ", names()), name));
    }

    return mix.apply(told);
  }

  /** All names, in order. */
  public static SortedSet<String> names() {
    return Collections.unmodifiableSortedSet(new TreeSet<>(BY_NAME.keySet()));
  }

  private static Mix weighted(MixParameters told) {
    return told.raised().isEmpty()
        ? new DomainWeighted(told.weights(), told.lengths())
        : new DomainRaised(told.raised(), told.raisedTo(), told.lengths());
  }
}
