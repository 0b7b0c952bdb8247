package org.longspan.mix;

import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/**
 * No choice: every document is taken once, so the lengths and domains stay as the corpus has them.
 *
 * @param longFrom tokens from which a document counts as long in figures
 */
public record EveryDocumentOnce(int longFrom) implements Mix {
  @Override
  public MixPlan plan(Collection<Supply> supplies) {
    TreeMap<String, Rates> rates = new TreeMap<>();
    supplies.forEach(supply -> rates.put(supply.domain(), new Rates(1, 1)));
    return new MixPlan(supplies.stream().mapToLong(Supply::tokens).sum(), rates, List.of());
  }
}
