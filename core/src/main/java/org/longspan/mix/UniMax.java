package org.longspan.mix;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * UniMax, arXiv 2304.09151: domains are as equal as a number of epochs allows. From the smallest
 * domain to the largest, each is offered an equal share of what is left of the budget and takes it,
 * or N times its tokens where these are fewer; so what small domains leave goes to larger ones.
 *
 * <pre>
 *   tokens(d) = min(left / domains left, N t(d)),   left = left - tokens(d)
 * </pre>
 *
 * <p>A budget above N times the corpus is spread in proportion to the domains' tokens beyond it,
 * and reported as out of reach by {@link Allocation}.
 *
 * @param maxEpochs N, above 0
 */
public record UniMax(double maxEpochs, Lengths lengths) implements DomainMix {
  @Override
  public SortedMap<String, Double> domains(SortedMap<String, Long> supplies, long tokens) {
    List<Map.Entry<String, Long>> smallestFirst = new ArrayList<>(supplies.entrySet());
    smallestFirst.sort(Map.Entry.comparingByValue(Comparator.naturalOrder()));
    double corpus = supplies.values().stream().mapToLong(Long::longValue).sum();
    double epochs = Math.max(maxEpochs, tokens / corpus);
    double left = tokens;
    int domains = supplies.size();
    SortedMap<String, Double> budgets = new TreeMap<>();
    for (Map.Entry<String, Long> domain : smallestFirst) {
      double taken = Math.min(left / domains, epochs * domain.getValue());
      budgets.put(domain.getKey(), taken);
      left -= taken;
      domains--;
    }

    return budgets;
  }
}
