package org.longspan.mix;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * From the tokens that cells should have to those that they can: no cell has more than {@code
 * maxEpochs} times its tokens. Where one should, {@link Infeasible} decides; both answers are
 * worked out, so that they can be told.
 *
 * <ul>
 *   <li>{@code shrink}: all cells are multiplied by the worst ratio of a cell's cap to its target,
 *       so every share stays exact; 0 where a wanted cell is empty.
 *   <li>{@code renormalise}: a full cell keeps its cap, and what it lacks goes to the domain's
 *       other wanted cells in proportion to their targets; what a domain lacks goes to the other
 *       domains likewise ({@link WaterFilling}, first over domains and then inside each).
 * </ul>
 *
 * <p>Tokens are whole numbers that sum to the budget: each cell's is rounded down, and the largest
 * fractions are rounded up. O(cells log cells).
 */
public final class Allocation {
  private final Supplies supplies;
  private final Targets targets;
  private final double maxEpochs;

  private Allocation(Supplies supplies, Targets targets, double maxEpochs) {
    this.supplies = supplies;
    this.targets = targets;
    this.maxEpochs = maxEpochs;
  }

  /**
   * @param tokens to choose in all; 0: as many as the corpus has
   * @param maxEpochs the highest rate of a cell, above 0
   * @throws UnfitMixException where the mix speaks of a domain that has no tokens, or where even
   *     all documents at the highest rate have fewer tokens and the policy is to fail
   */
  public static MixPlan plan(
      Mix mix, Supplies supplies, long tokens, double maxEpochs, Infeasible policy) {
    if (!(maxEpochs > 0 && maxEpochs <= 1_000_000)) {
      throw new IllegalArgumentException(
          "upsample.max-epochs must be above 0 and at most 1,000,000, not " + maxEpochs + ".");
    }

    long corpus = supplies.total().tokens();
    if (corpus == 0) {
      throw new IllegalArgumentException("There are no tokens to choose from.");
    }

    long budget = tokens == 0 ? corpus : tokens;
    double most = maxEpochs * corpus;
    if (budget > most && policy == Infeasible.FAIL) {
      throw new UnfitMixException(
          "upsample.tokens asks for %,d tokens, but the corpus has %,d, and at most %s times each (upsample.max-epochs) these are %,d: lower upsample.tokens to that, or set upsample.infeasible = shrink or renormalise."
              .formatted(budget, corpus, maxEpochs, (long) Math.floor(most)));
    }

    return new Allocation(supplies, mix.targets(supplies, budget), maxEpochs).plan(policy);
  }

  private MixPlan plan(Infeasible policy) {
    SortedMap<Cell, Long> renormalised = rounded(renormalised());
    List<Cell> lacking =
        targets.tokens().keySet().stream()
            // Less than a token beyond the cap is rounding.
            .filter(cell -> targets.of(cell) >= cap(cell) + 1)
            .toList();
    if (lacking.isEmpty()) {
      return new MixPlan(supplies, targets, renormalised, maxEpochs, Shortages.NONE);
    }

    SortedMap<Cell, Long> shrunk = rounded(shrunk());
    List<Shortage> shortages =
        lacking.stream()
            .map(
                cell ->
                    new Shortage(
                        cell,
                        Math.round(targets.of(cell)),
                        (long) Math.floor(cap(cell)),
                        given(shrunk, cell),
                        given(renormalised, cell)))
            .toList();
    SortedMap<Cell, Long> chosen = policy == Infeasible.SHRINK ? shrunk : renormalised;
    return new MixPlan(
        supplies,
        targets,
        chosen,
        maxEpochs,
        new Shortages(
            shortages, maxEpochs, Math.round(targets.total()), total(shrunk), total(renormalised)));
  }

  private static Shortage.Given given(SortedMap<Cell, Long> chosen, Cell cell) {
    long tokens = chosen.getOrDefault(cell, 0L);
    long all = total(chosen);
    return new Shortage.Given(tokens, all == 0 ? 0 : (double) tokens / all);
  }

  private static long total(SortedMap<Cell, Long> chosen) {
    return chosen.values().stream().mapToLong(Long::longValue).sum();
  }

  private double cap(Cell cell) {
    return maxEpochs * supplies.of(cell).tokens();
  }

  private SortedMap<Cell, Double> shrunk() {
    double ratio = 1;
    for (Cell cell : targets.tokens().keySet()) {
      if (targets.of(cell) > 0) {
        ratio = Math.min(ratio, cap(cell) / targets.of(cell));
      }
    }

    SortedMap<Cell, Double> shrunk = new TreeMap<>();
    for (Cell cell : targets.tokens().keySet()) {
      shrunk.put(cell, ratio * targets.of(cell));
    }

    return shrunk;
  }

  private SortedMap<Cell, Double> renormalised() {
    Map<String, List<Cell>> domains = new LinkedHashMap<>();
    targets
        .tokens()
        .keySet()
        .forEach(cell -> domains.computeIfAbsent(cell.domain(), d -> new ArrayList<>()).add(cell));
    List<List<Cell>> all = List.copyOf(domains.values());
    double[] budgets =
        WaterFilling.fill(
            all.stream().mapToDouble(cells -> sum(wanted(cells))).toArray(),
            all.stream().mapToDouble(cells -> sum(caps(cells))).toArray(),
            targets.total());
    SortedMap<Cell, Double> filled = new TreeMap<>();
    for (int d = 0; d < budgets.length; d++) {
      List<Cell> cells = all.get(d);
      double[] tokens = WaterFilling.fill(wanted(cells), caps(cells), budgets[d]);

      for (int c = 0; c < tokens.length; c++) {
        filled.put(cells.get(c), tokens[c]);
      }
    }

    return filled;
  }

  private double[] wanted(List<Cell> cells) {
    return cells.stream().mapToDouble(targets::of).toArray();
  }

  /** What the cells can have; a cell that should have nothing gets nothing. */
  private double[] caps(List<Cell> cells) {
    return cells.stream().mapToDouble(cell -> targets.of(cell) > 0 ? cap(cell) : 0).toArray();
  }

  private static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }

    return sum;
  }

  private SortedMap<Cell, Long> rounded(SortedMap<Cell, Double> exact) {
    double sum = exact.values().stream().mapToDouble(Double::doubleValue).sum();
    SortedMap<Cell, Long> whole = new TreeMap<>();
    exact.forEach((cell, tokens) -> whole.put(cell, (long) Math.floor(tokens)));
    long left = Math.round(sum) - total(whole);
    SortedSet<Cell> largestFractions =
        new TreeSet<>(
            Comparator.comparingDouble((Cell cell) -> whole.get(cell) - exact.get(cell))
                .thenComparing(Comparator.naturalOrder()));
    exact.keySet().stream()
        .filter(cell -> exact.get(cell) > 0 && whole.get(cell) + 1 <= cap(cell))
        .forEach(largestFractions::add);
    List<Cell> up = List.copyOf(largestFractions);
    for (int c = 0; c < Math.min(left, up.size()); c++) {
      whole.merge(up.get(c), 1L, Long::sum);
    }

    whole.values().removeIf(tokens -> tokens == 0);
    return whole;
  }
}
