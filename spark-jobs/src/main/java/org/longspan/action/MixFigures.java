package org.longspan.action;

import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.longspan.mix.Cell;
import org.longspan.mix.MixPlan;
import org.longspan.mix.RepeatedData;

/**
 * What a mix asked for and what was chosen, for the manifest and the report. A share of nothing has
 * no figure.
 *
 * <ul>
 *   <li>{@code domain-share.before|target|after.<domain>}
 *   <li>{@code long-share.before|target|after.<domain>}: of the domain's tokens
 *   <li>{@code cell-share.target|after.<domain>.<bucket>}: of all tokens
 *   <li>{@code rate.<domain>.short|long} and {@code rate.<domain>.<bucket>}: planned; {@code
 *       epochs.<domain>.<bucket>}: reached
 *   <li>{@code drift.domain}, {@code drift.long}, {@code drift.cell}: the largest difference
 *       between a share and its target, from 0 to 1
 *   <li>{@code tokens.target}; {@code tokens.worth}, what the chosen tokens are worth by {@link
 *       RepeatedData}; {@code cells.repeated}, cells of more than four epochs; {@code
 *       cells.lacking}, cells that can't have their tokens
 * </ul>
 */
public final class MixFigures {
  private final SelectionCounts counts;
  private final MixPlan plan;
  private final int longFrom;
  private final SortedMap<String, Double> figures = new TreeMap<>();

  private MixFigures(SelectionCounts counts, MixPlan plan, int longFrom) {
    this.counts = counts;
    this.plan = plan;
    this.longFrom = longFrom;
  }

  /**
   * The figures by name.
   *
   * @param counts of the selection as it was written
   * @param longFrom tokens from which a document is long
   */
  public static SortedMap<String, Double> of(SelectionCounts counts, MixPlan plan, int longFrom) {
    return new MixFigures(counts, plan, longFrom).figures();
  }

  private SortedMap<String, Double> figures() {
    Set<Cell> all = new TreeSet<>(counts.cells().keySet());
    all.addAll(plan.targets().tokens().keySet());
    Set<String> domains = new TreeSet<>();
    all.forEach(cell -> domains.add(cell.domain()));
    figures.put("tokens.target", plan.targets().total());
    figures.put("tokens.worth", worth());
    figures.put("cells.repeated", (double) plan.repeatedMuch().size());
    figures.put("cells.lacking", (double) plan.shortages().cells().size());

    double domainDrift = 0;
    double longDrift = 0;
    for (String domain : domains) {
      Predicate<Cell> here = cell -> cell.domain().equals(domain);
      Predicate<Cell> longHere = here.and(cell -> cell.bucket().from() >= longFrom);
      domainDrift = Math.max(domainDrift, shares("domain-share", domain, here, cell -> true));
      longDrift = Math.max(longDrift, shares("long-share", domain, longHere, here));
      rate(domain + ".long", longHere);
      rate(domain + ".short", here.and(longHere.negate()));
    }

    double wanted = plan.targets().total();
    long chosen = counts.after(any -> true).tokens();
    double cellDrift = 0;
    for (Cell cell : all) {
      cellDrift = Math.max(cellDrift, cell(cell, wanted, chosen));
    }

    figures.put("drift.domain", domainDrift);
    figures.put("drift.long", longDrift);
    figures.put("drift.cell", cellDrift);
    return figures;
  }

  /** The three shares of some cells in others; gives back how far target and result differ. */
  private double shares(String share, String domain, Predicate<Cell> of, Predicate<Cell> in) {
    put(share + ".before." + domain, counts.before(of).tokens(), counts.before(in).tokens());
    double target = plan.targets().total(in);
    long after = counts.after(in).tokens();
    put(share + ".target." + domain, plan.targets().total(of), target);
    put(share + ".after." + domain, counts.after(of).tokens(), after);
    return target > 0 && after > 0
        ? Math.abs(plan.targets().total(of) / target - (double) counts.after(of).tokens() / after)
        : 0;
  }

  /**
   * A cell's shares of all tokens that were asked for and chosen; gives back how far they differ.
   */
  private double cell(Cell cell, double allWanted, long allChosen) {
    String name = cell.domain() + "." + cell.bucket().label();
    double target = plan.targets().of(cell) / allWanted;
    long chosen = counts.after(cell).tokens();
    long there = plan.supplies().of(cell).tokens();
    double after = allChosen == 0 ? 0 : (double) chosen / allChosen;
    figures.put("cell-share.target." + name, target);
    figures.put("cell-share.after." + name, after);
    if (there > 0) {
      figures.put("rate." + name, plan.rate(cell));
      figures.put("epochs." + name, (double) chosen / there);
    }

    return Math.abs(target - after);
  }

  private void rate(String name, Predicate<Cell> of) {
    long chosen = plan.chosen().keySet().stream().filter(of).mapToLong(plan::tokens).sum();
    put("rate." + name, chosen, plan.supplies().total(of).tokens());
  }

  private double worth() {
    double worth = 0;
    for (Map.Entry<Cell, Long> chosen : plan.chosen().entrySet()) {
      worth +=
          RepeatedData.worth(
              plan.supplies().of(chosen.getKey()).tokens(), plan.rate(chosen.getKey()));
    }

    return worth;
  }

  private void put(String name, double part, double whole) {
    if (whole > 0) {
      figures.put(name, part / whole);
    }
  }
}
