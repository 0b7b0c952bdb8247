package org.longspan.action;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.longspan.mix.Cell;
import org.longspan.mix.KeyThreshold;
import org.longspan.mix.KeyThreshold.Bin;
import org.longspan.mix.Length;

/**
 * The Spark side of {@link KeyThreshold}: for each cell of a ranked table the key up to which its
 * documents hold the wanted tokens. A round is one aggregation over (domain, length, n_tokens, key)
 * for all cells at once; the driver sees at most {@link KeyThreshold#BINS} rows for each cell that
 * is still open, whatever the number of documents.
 */
final class RankThresholds {
  private static final StructType RANGES =
      new StructType()
          .add("domain", DataTypes.StringType)
          .add("length", DataTypes.StringType)
          .add("low", DataTypes.LongType)
          .add("high", DataTypes.LongType)
          .add("shift", DataTypes.IntegerType);

  private RankThresholds() {}

  /** Every cell of a ranked table as one bin. */
  static SortedMap<Cell, Bin> cells(Dataset<Row> ranked) {
    SortedMap<Cell, Bin> cells = new TreeMap<>();
    bins(ranked.withColumn("part", lit(0L))).forEach((cell, bins) -> cells.put(cell, bins.get(0)));
    return cells;
  }

  /**
   * Settles the thresholds.
   *
   * @param ranked domain, length, n_tokens, key; read once a round
   * @param cells the table's cells, from {@link #cells}
   * @param wanted tokens wanted of each cell
   * @return the last key to take, by cell
   */
  static SortedMap<Cell, Long> settle(
      SparkSession spark, Dataset<Row> ranked, Map<Cell, Bin> cells, Map<Cell, Long> wanted) {
    SortedMap<Cell, KeyThreshold> thresholds = new TreeMap<>();
    cells.forEach((cell, bin) -> thresholds.put(cell, KeyThreshold.within(bin, wanted.get(cell))));

    List<Row> open = open(thresholds);
    while (!open.isEmpty()) {
      Dataset<Row> parts =
          ranked
              .join(
                  broadcast(spark.createDataFrame(open, RANGES)),
                  new String[] {"domain", "length"},
                  "inner")
              .where(col("key").between(col("low"), col("high")))
              .withColumn("part", expr("shiftright(key - low, shift)"));
      bins(parts)
          .forEach((cell, bins) -> thresholds.computeIfPresent(cell, (c, t) -> t.refine(bins)));
      open = open(thresholds);
    }

    SortedMap<Cell, Long> settled = new TreeMap<>();
    thresholds.forEach((cell, threshold) -> settled.put(cell, threshold.upTo()));
    return settled;
  }

  private static List<Row> open(Map<Cell, KeyThreshold> thresholds) {
    List<Row> open = new ArrayList<>();
    thresholds.forEach(
        (cell, threshold) -> {
          if (!threshold.settled()) {
            open.add(
                RowFactory.create(
                    cell.domain(),
                    cell.length().name(),
                    threshold.low(),
                    threshold.high(),
                    threshold.shift()));
          }
        });
    return open;
  }

  /** The bins of each cell, in ascending order of keys. */
  private static Map<Cell, List<Bin>> bins(Dataset<Row> cut) {
    List<Row> rows =
        cut.groupBy("domain", "length", "part")
            .agg(
                count(lit(1)).as("documents"),
                sum("n_tokens").as("tokens"),
                min("key").as("first"),
                max("key").as("last"))
            .collectAsList();
    Map<Cell, List<Bin>> bins = new TreeMap<>();
    for (Row row : rows) {
      Cell cell = new Cell(row.getAs("domain"), Length.valueOf(row.<String>getAs("length")));
      Bin bin =
          new Bin(
              row.<Long>getAs("documents"),
              row.<Long>getAs("tokens"),
              row.<Long>getAs("first"),
              row.<Long>getAs("last"));
      bins.computeIfAbsent(cell, c -> new ArrayList<>()).add(bin);
    }

    bins.values().forEach(parts -> parts.sort(Comparator.comparingLong(Bin::low)));
    return bins;
  }
}
