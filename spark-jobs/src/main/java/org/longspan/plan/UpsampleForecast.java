package org.longspan.plan;

import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.longspan.mix.Allocation;
import org.longspan.mix.Cell;
import org.longspan.mix.Infeasible;
import org.longspan.mix.Mix;
import org.longspan.mix.MixPlan;
import org.longspan.mix.Supplies;
import org.longspan.mix.Supply;

/**
 * What would be chosen.
 *
 * @param kept share of the corpus that a cut by score leaves; 1: there is no cut
 * @param plan the tokens of each cell after the cut, and the cells that lack some
 * @param policy what the run does where cells lack tokens
 */
public record UpsampleForecast(double kept, MixPlan plan, Infeasible policy) {
  /**
   * Plans the rates of an estimated corpus, {@link CorpusSample#supplies}. A cut takes the same
   * share of every cell, since it is made among like documents; so the cell's tokens are taken to
   * shrink with its documents.
   *
   * @param tokens to choose in all; 0: as many as there are
   * @param maxEpochs the highest rate
   */
  public static UpsampleForecast of(
      Supplies corpus, double kept, Mix mix, long tokens, double maxEpochs, Infeasible policy) {
    return new UpsampleForecast(
        kept, Allocation.plan(mix, corpus.times(kept), tokens, maxEpochs, policy), policy);
  }

  /** The share of a cell's documents that are chosen, however often. */
  public double taken(Cell cell) {
    return plan.supplies().cells().containsKey(cell) ? kept * Math.min(1, plan.rate(cell)) : 0;
  }

  /** What a phase leaves, on average, of what there was for the phases after it. */
  public Supplies left(Supplies before) {
    SortedMap<Cell, Supply> left = new TreeMap<>();
    before.cells().forEach((cell, supply) -> left.put(cell, supply.times(1 - taken(cell))));
    return new Supplies(before.borders(), left);
  }

  /** Whether the run would stop. */
  public boolean stops() {
    return policy == Infeasible.FAIL && !plan.shortages().isEmpty();
  }

  /** The domains that have documents, by name. */
  public SortedSet<String> domains() {
    SortedSet<String> domains = new TreeSet<>();
    plan.supplies().cells().keySet().forEach(cell -> domains.add(cell.domain()));
    return domains;
  }

  /** What is chosen of some cells, copies counted. */
  public Supply chosen(Predicate<Cell> of) {
    return plan.supplies().cells().entrySet().stream()
        .filter(entry -> of.test(entry.getKey()))
        .map(
            entry ->
                new Supply(
                    Math.round(entry.getValue().documents() * plan.rate(entry.getKey())),
                    plan.tokens(entry.getKey())))
        .reduce(Supply.NONE, Supply::plus);
  }

  /** How often the documents of some cells are taken, on average over their tokens. */
  public double rate(Predicate<Cell> of) {
    long there = plan.supplies().total(of).tokens();
    return there == 0 ? 0 : (double) chosen(of).tokens() / there;
  }
}
