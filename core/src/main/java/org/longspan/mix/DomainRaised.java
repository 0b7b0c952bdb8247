package org.longspan.mix;

import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Some domains have one and the same weight, the others their natural share, and all are divided by
 * their sum: the mode {@code upsample_code_arxiv_book} of the code of Fu et al., arXiv 2402.10171,
 * gives GitHub, arXiv and books 0.60 each.
 *
 * <pre>
 *   w(d) = to, where d is raised, else t(d) / T
 *   budget(d) = B w(d) / Σ w
 * </pre>
 *
 * @param raised the domains
 * @param to their weight before division, above 0
 */
public record DomainRaised(SortedSet<String> raised, double to, Lengths lengths)
    implements DomainMix {
  public DomainRaised {
    raised = Collections.unmodifiableSortedSet(new TreeSet<>(raised));

    if (!(to > 0 && to <= 1)) {
      throw new IllegalArgumentException(
          "upsample.raised.to must be above 0 and at most 1, not " + to + ".");
    }
  }

  @Override
  public String key() {
    return "upsample.raised.domains";
  }

  @Override
  public SortedMap<String, Double> domains(SortedMap<String, Long> supplies, long tokens) {
    double corpus = supplies.values().stream().mapToLong(Long::longValue).sum();
    SortedMap<String, Double> weights = new TreeMap<>();
    supplies.forEach((domain, there) -> weights.put(domain, there / corpus));
    raised.forEach(domain -> weights.put(domain, to));
    double sum = weights.values().stream().mapToDouble(Double::doubleValue).sum();
    weights.replaceAll((domain, weight) -> tokens * weight / sum);
    return weights;
  }
}
