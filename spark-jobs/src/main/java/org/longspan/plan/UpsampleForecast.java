package org.longspan.plan;

import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.longspan.mix.Length;
import org.longspan.mix.Mix;
import org.longspan.mix.MixPlan;
import org.longspan.mix.Rates;
import org.longspan.mix.Supply;

/**
 * What would be chosen.
 *
 * @param kept share of the corpus that a cut by score leaves; 1: there is no cut
 * @param supplies what there is to choose from, after the cut
 * @param plan the rates, and the targets that can't be met
 * @param stops whether the run would stop at a target that can't be met
 */
public record UpsampleForecast(
    double kept, SortedMap<String, Supply> supplies, MixPlan plan, boolean stops) {
  public UpsampleForecast {
    supplies = Collections.unmodifiableSortedMap(new TreeMap<>(supplies));
  }

  /**
   * Plans the rates of an estimated corpus. A cut takes the same share of every cell, since it is
   * made among like documents; so the cell's tokens are taken to shrink with its documents.
   *
   * @param fails whether a run stops where a target can't be met
   */
  public static UpsampleForecast of(
      Collection<Supply> corpus, double kept, Mix mix, boolean fails) {
    SortedMap<String, Supply> supplies = new TreeMap<>();
    corpus.forEach(supply -> supplies.put(supply.domain(), cut(supply, kept)));
    MixPlan plan = mix.plan(supplies.values());
    return new UpsampleForecast(kept, supplies, plan, fails && !plan.infeasible().isEmpty());
  }

  /** What is chosen of a domain, copies counted. */
  public Supply chosen(String domain) {
    Supply supply = supplies.get(domain);
    Rates rates = plan.rates().get(domain);
    return new Supply(
        domain,
        Math.round(supply.shortDocuments() * rates.of(Length.SHORT)),
        Math.round(supply.shortTokens() * rates.of(Length.SHORT)),
        Math.round(supply.longDocuments() * rates.of(Length.LONG)),
        Math.round(supply.longTokens() * rates.of(Length.LONG)));
  }

  /** What is chosen in all. */
  public Supply chosen() {
    return CorpusSample.total(supplies.keySet().stream().map(this::chosen).toList());
  }

  private static Supply cut(Supply supply, double kept) {
    return kept == 1
        ? supply
        : new Supply(
            supply.domain(),
            Math.round(supply.shortDocuments() * kept),
            Math.round(supply.shortTokens() * kept),
            Math.round(supply.longDocuments() * kept),
            Math.round(supply.longTokens() * kept));
  }
}
