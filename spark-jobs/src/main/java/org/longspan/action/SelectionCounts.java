package org.longspan.action;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.longspan.mix.Cell;
import org.longspan.mix.Length;
import org.longspan.run.Balance;
import org.longspan.run.Counts;

/**
 * What a {@code selection} holds, cell by cell, counted from its rows.
 *
 * @param cells the cells that have documents
 */
public record SelectionCounts(SortedMap<Cell, CellCounts> cells) {
  public SelectionCounts {
    cells = Collections.unmodifiableSortedMap(new TreeMap<>(cells));
  }

  /**
   * One cell.
   *
   * @param rate copies asked for a document, on average
   * @param before the cell's documents, each once
   * @param added copies beyond the first
   * @param dropped documents not chosen at this rate
   * @param cut documents left out before the rate was set
   */
  public record CellCounts(double rate, Counts before, Counts added, Counts dropped, Counts cut) {
    /** What was chosen, copies counted. */
    public Counts after() {
      return new Counts(
          before.documents() + added.documents() - dropped.documents() - cut.documents(),
          before.tokens() + added.tokens() - dropped.tokens() - cut.tokens());
    }
  }

  /**
   * Counts a selection in one pass.
   *
   * @param longFrom tokens from which a document is long
   */
  public static SelectionCounts of(Dataset<Row> selection, int longFrom) {
    Dataset<Row> counted =
        selection
            .withColumn("length", UpsampleAction.length(longFrom))
            .withColumn("more", expr("cast(greatest(copies - 1, 0) as bigint)"))
            .withColumn("none", expr("cast(if(copies = 0 and rate is not null, 1, 0) as bigint)"))
            .withColumn("off", expr("cast(if(rate is null, 1, 0) as bigint)"))
            .groupBy("domain", "length")
            .agg(
                coalesce(max("rate"), lit(0.0)).as("rate"),
                count(lit(1)).as("documents"),
                sum("n_tokens").as("tokens"),
                sum("more").as("added_documents"),
                sum(expr("more * n_tokens")).as("added_tokens"),
                sum("none").as("dropped_documents"),
                sum(expr("none * n_tokens")).as("dropped_tokens"),
                sum("off").as("cut_documents"),
                sum(expr("off * n_tokens")).as("cut_tokens"));
    SortedMap<Cell, CellCounts> cells = new TreeMap<>();
    for (Row row : counted.collectAsList()) {
      cells.put(
          new Cell(row.getAs("domain"), Length.valueOf(row.<String>getAs("length"))),
          new CellCounts(
              row.<Double>getAs("rate"),
              new Counts(row.<Long>getAs("documents"), row.<Long>getAs("tokens")),
              new Counts(row.<Long>getAs("added_documents"), row.<Long>getAs("added_tokens")),
              new Counts(row.<Long>getAs("dropped_documents"), row.<Long>getAs("dropped_tokens")),
              new Counts(row.<Long>getAs("cut_documents"), row.<Long>getAs("cut_tokens"))));
    }

    return new SelectionCounts(cells);
  }

  /**
   * The first law: what came in and was copied is what went out and was dropped.
   *
   * @param in what came in, counted at the source and not from the selection
   */
  public Balance balance(Counts in) {
    SortedMap<String, Counts> dropped = new TreeMap<>();
    dropped.putAll(unlessNone("not-selected", total(CellCounts::dropped, cell -> true)));
    dropped.putAll(unlessNone(QuantileCutResult.OUTSIDE, total(CellCounts::cut, cell -> true)));
    return Balance.of(
        in,
        unlessNone("copies", total(CellCounts::added, cell -> true)),
        total(CellCounts::after, cell -> true),
        dropped);
  }

  /**
   * Rates and shares for the manifest and the report: {@code rate.<domain>.short|long}, {@code
   * long-share.before|after.<domain>} and {@code domain-share.before|after.<domain>}. A share of
   * nothing has no figure.
   */
  public SortedMap<String, Double> figures() {
    SortedMap<String, Double> figures = new TreeMap<>();
    cells.forEach(
        (cell, counts) ->
            figures.put(
                "rate.%s.%s".formatted(cell.domain(), cell.length().label()), counts.rate()));
    shares(figures, "before", CellCounts::before);
    shares(figures, "after", CellCounts::after);
    return figures;
  }

  private void shares(
      Map<String, Double> figures, String when, Function<CellCounts, Counts> counts) {
    long corpus = total(counts, cell -> true).tokens();
    cells.keySet().stream()
        .map(Cell::domain)
        .distinct()
        .forEach(
            domain -> {
              long all = total(counts, cell -> cell.domain().equals(domain)).tokens();
              long longs = total(counts, new Cell(domain, Length.LONG)::equals).tokens();
              if (corpus > 0) {
                figures.put("domain-share.%s.%s".formatted(when, domain), (double) all / corpus);
              }

              if (all > 0) {
                figures.put("long-share.%s.%s".formatted(when, domain), (double) longs / all);
              }
            });
  }

  private Counts total(Function<CellCounts, Counts> counts, Predicate<Cell> of) {
    return cells.entrySet().stream()
        .filter(entry -> of.test(entry.getKey()))
        .map(entry -> counts.apply(entry.getValue()))
        .reduce(Counts.NONE, Counts::plus);
  }

  private static Map<String, Counts> unlessNone(String reason, Counts counts) {
    return counts.equals(Counts.NONE) ? Map.of() : Map.of(reason, counts);
  }
}
