package org.longspan.action;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.longspan.length.LengthBucket;
import org.longspan.mix.Cell;
import org.longspan.run.Balance;
import org.longspan.run.Counts;

/**
 * What a {@code selection} holds, cell by cell, counted from its rows.
 *
 * @param cells the cells that have documents
 */
public record SelectionCounts(SortedMap<Cell, CellCounts> cells) {
  private static final List<String> REASONS =
      List.of(
          UpsampleAction.NOT_SELECTED,
          UpsampleAction.BORDER,
          UpsampleAction.LENGTH,
          UpsampleAction.USED,
          QuantileCutResult.OUTSIDE);

  public SelectionCounts {
    cells = Collections.unmodifiableSortedMap(new TreeMap<>(cells));
  }

  /**
   * One cell.
   *
   * @param before the cell's documents, each once
   * @param added copies beyond the first, as if whole
   * @param dropped what was left out, by reason; of the reason {@code border} tokens alone
   */
  public record CellCounts(Counts before, Counts added, SortedMap<String, Counts> dropped) {
    /** What was chosen, copies counted. */
    public Counts after() {
      Counts lost = dropped.values().stream().reduce(Counts.NONE, Counts::plus);
      return new Counts(
          before.documents() + added.documents() - lost.documents(),
          before.tokens() + added.tokens() - lost.tokens());
    }
  }

  /**
   * Counts a selection in one pass.
   *
   * @param selection with the reason of each document's loss
   */
  static SelectionCounts of(Dataset<Row> selection) {
    Column tokens = col("n_tokens").cast("long");
    Column more = expr("cast(greatest(copies - 1, 0) as bigint)");
    List<Column> sums = new ArrayList<>();
    sums.addAll(sums(lit(1L), tokens));
    sums.addAll(sums(more, more.multiply(tokens)));
    for (String reason : REASONS) {
      sums.addAll(
          reason.equals(UpsampleAction.BORDER)
              ? sums(lit(0L), SelectedCopies.rest())
              : sumsWhere(col(UpsampleAction.REASON).equalTo(reason), tokens));
    }

    SortedMap<Cell, CellCounts> cells = new TreeMap<>();
    Dataset<Row> counted =
        selection
            .groupBy("domain", "bucket")
            .agg(sums.get(0), sums.subList(1, sums.size()).toArray(new Column[0]));
    for (Row row : counted.collectAsList()) {
      SortedMap<String, Counts> dropped = new TreeMap<>();
      for (int r = 0; r < REASONS.size(); r++) {
        dropped.put(REASONS.get(r), counts(row, 2 + r));
      }

      cells.put(
          new Cell(row.getString(0), LengthBucket.parse(row.getString(1))),
          new CellCounts(counts(row, 0), counts(row, 1), dropped));
    }

    return new SelectionCounts(cells);
  }

  private static List<Column> sumsWhere(Column documents, Column tokens) {
    return sums(when(documents, lit(1L)).otherwise(0L), when(documents, tokens).otherwise(lit(0L)));
  }

  private static List<Column> sums(Column documents, Column tokens) {
    return List.of(sum(documents), sum(tokens));
  }

  private static Counts counts(Row row, int pair) {
    return new Counts(row.getLong(2 + 2 * pair), row.getLong(3 + 2 * pair));
  }

  /**
   * The first law: what came in and was copied is what went out and was dropped.
   *
   * @param in what came in, counted at the source and not from the selection
   */
  public Balance balance(Counts in) {
    SortedMap<String, Counts> dropped = new TreeMap<>();
    REASONS.forEach(
        reason -> dropped.putAll(unlessNone(reason, total(c -> c.dropped().get(reason)))));
    return Balance.of(
        in, unlessNone("copies", total(CellCounts::added)), total(CellCounts::after), dropped);
  }

  /** What was chosen of some cells, copies counted. */
  public Counts after(Predicate<Cell> of) {
    return total(CellCounts::after, of);
  }

  /** What was chosen of one cell, copies counted. */
  Counts after(Cell cell) {
    return cells.containsKey(cell) ? cells.get(cell).after() : Counts.NONE;
  }

  /** What there was of some cells, each document once. */
  public Counts before(Predicate<Cell> of) {
    return total(CellCounts::before, of);
  }

  private Counts total(Function<CellCounts, Counts> counts) {
    return total(counts, cell -> true);
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
