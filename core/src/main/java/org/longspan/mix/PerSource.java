package org.longspan.mix;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Per-source length upsampling, Fu et al. 2024, "Data Engineering for Scaling Language Models to
 * 128K Context", arXiv 2402.10171: long documents get a larger share inside each domain, and the
 * domains keep their shares. Of B tokens, the domain d with t of the corpus' T has
 *
 * <pre>
 *   budget(d) = B t / T
 * </pre>
 *
 * <p>The released code instead keeps each short document with one fixed probability and stops when
 * a domain's budget is spent; it reaches no particular share, and its domains drift by 2 points in
 * the paper's figure 2. Here rates are solved from exact counts.
 */
public record PerSource(Lengths lengths) implements DomainMix {
  @Override
  public SortedMap<String, Double> domains(SortedMap<String, Long> supplies, long tokens) {
    double corpus = supplies.values().stream().mapToLong(Long::longValue).sum();
    SortedMap<String, Double> budgets = new TreeMap<>();
    supplies.forEach((domain, there) -> budgets.put(domain, tokens * (there / corpus)));
    return budgets;
  }
}
