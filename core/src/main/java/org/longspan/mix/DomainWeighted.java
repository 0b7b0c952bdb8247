package org.longspan.mix;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Domains have given weights, such as those that DoReMi (arXiv 2305.10429) or RegMix (arXiv
 * 2407.01492) found by training small models: budget(d) = B w(d). A domain without a weight has no
 * tokens.
 *
 * @param weights by domain, from 0; they sum to 1
 */
public record DomainWeighted(SortedMap<String, Double> weights, Lengths lengths)
    implements DomainMix {
  public DomainWeighted {
    weights = Collections.unmodifiableSortedMap(new TreeMap<>(weights));
    Shares.check("upsample.weights", weights);
  }

  @Override
  public SortedMap<String, Double> domains(SortedMap<String, Long> supplies, long tokens) {
    SortedMap<String, Double> budgets = new TreeMap<>();
    weights.forEach((domain, weight) -> budgets.put(domain, tokens * weight));
    return budgets;
  }
}
