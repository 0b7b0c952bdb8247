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
import org.longspan.length.LengthBorders;
import org.longspan.mix.Border;
import org.longspan.mix.BorderDocument;
import org.longspan.mix.BorderDocument.Tied;
import org.longspan.mix.Cell;
import org.longspan.mix.KeyThreshold;
import org.longspan.mix.KeyThreshold.Bin;

/**
 * The Spark side of {@link KeyThreshold}: for each cell of a ranked table the document at which the
 * wanted tokens end. A round is one aggregation over (domain, from, n_tokens, key) for all cells at
 * once; the driver sees at most {@link KeyThreshold#BINS} rows for each cell that is still open,
 * whatever the number of documents, and in the end the few documents that share the border's key.
 */
final class RankThresholds {
  private static final StructType RANGES =
      new StructType()
          .add("domain", DataTypes.StringType)
          .add("from", DataTypes.IntegerType)
          .add("low", DataTypes.LongType)
          .add("high", DataTypes.LongType)
          .add("shift", DataTypes.IntegerType);

  private final SparkSession spark;
  private final Dataset<Row> ranked;
  private final LengthBorders borders;

  /**
   * @param ranked doc_id, domain, from (int, where the document's length bucket begins), n_tokens,
   *     key; read once a round
   * @param borders of the length buckets
   */
  RankThresholds(SparkSession spark, Dataset<Row> ranked, LengthBorders borders) {
    this.spark = spark;
    this.ranked = ranked;
    this.borders = borders;
  }

  /** Every cell of the table as one bin: the histogram, in one pass. */
  SortedMap<Cell, Bin> cells() {
    SortedMap<Cell, Bin> cells = new TreeMap<>();
    bins(ranked.withColumn("part", lit(0L))).forEach((cell, bins) -> cells.put(cell, bins.get(0)));
    return cells;
  }

  /**
   * Settles the borders.
   *
   * @param cells the table's cells, from {@link #cells}
   * @param wanted tokens wanted of each cell, fewer than it has
   */
  SortedMap<Cell, BorderDocument> settle(
      Map<Cell, Bin> cells, Map<Cell, Long> wanted, Border border) {
    SortedMap<Cell, KeyThreshold> thresholds = new TreeMap<>();
    cells.forEach((cell, bin) -> thresholds.put(cell, KeyThreshold.within(bin, wanted.get(cell))));

    List<Row> open = open(thresholds);
    while (!open.isEmpty()) {
      Dataset<Row> parts = inside(open).withColumn("part", expr("shiftright(key - low, shift)"));
      bins(parts)
          .forEach((cell, bins) -> thresholds.computeIfPresent(cell, (c, t) -> t.refine(bins)));
      open = open(thresholds);
    }

    return borderDocuments(thresholds, border);
  }

  private SortedMap<Cell, BorderDocument> borderDocuments(
      SortedMap<Cell, KeyThreshold> thresholds, Border border) {
    List<Row> keys = new ArrayList<>();
    SortedMap<Cell, BorderDocument> settled = new TreeMap<>();
    thresholds.forEach(
        (cell, threshold) -> {
          settled.put(cell, new BorderDocument(threshold.key(), 0, "", 0));

          if (threshold.rest() > 0) {
            keys.add(range(cell, threshold.key(), threshold.key(), 0));
          }
        });
    if (keys.isEmpty()) {
      return settled;
    }

    Map<Cell, List<Tied>> tied = new TreeMap<>();
    inside(keys)
        .where(col("n_tokens").gt(0))
        .select("domain", "from", "n_tokens", "doc_id")
        .orderBy("domain", "from", "n_tokens", "doc_id")
        .collectAsList()
        .forEach(
            row ->
                tied.computeIfAbsent(cell(row), c -> new ArrayList<>())
                    .add(new Tied(row.getInt(2), row.getString(3))));
    tied.forEach(
        (cell, documents) -> {
          KeyThreshold threshold = thresholds.get(cell);
          settled.put(
              cell, BorderDocument.among(threshold.key(), threshold.rest(), documents, border));
        });
    return settled;
  }

  private Dataset<Row> inside(List<Row> ranges) {
    return ranked
        .join(
            broadcast(spark.createDataFrame(ranges, RANGES)),
            new String[] {"domain", "from"},
            "inner")
        .where(col("key").between(col("low"), col("high")));
  }

  private static List<Row> open(Map<Cell, KeyThreshold> thresholds) {
    List<Row> open = new ArrayList<>();
    thresholds.forEach(
        (cell, threshold) -> {
          if (!threshold.settled()) {
            open.add(range(cell, threshold.low(), threshold.high(), threshold.shift()));
          }
        });
    return open;
  }

  private static Row range(Cell cell, long low, long high, int shift) {
    return RowFactory.create(cell.domain(), cell.bucket().from(), low, high, shift);
  }

  /** The bins of each cell, in ascending order of keys. */
  private Map<Cell, List<Bin>> bins(Dataset<Row> cut) {
    List<Row> rows =
        cut.groupBy("domain", "from", "part")
            .agg(
                count(lit(1)).as("documents"),
                sum("n_tokens").as("tokens"),
                min("key").as("first"),
                max("key").as("last"))
            .collectAsList();
    Map<Cell, List<Bin>> bins = new TreeMap<>();
    for (Row row : rows) {
      Bin bin =
          new Bin(
              row.<Long>getAs("documents"),
              row.<Long>getAs("tokens"),
              row.<Long>getAs("first"),
              row.<Long>getAs("last"));
      bins.computeIfAbsent(cell(row), c -> new ArrayList<>()).add(bin);
    }

    bins.values().forEach(parts -> parts.sort(Comparator.comparingLong(Bin::low)));
    return bins;
  }

  /** The cell of a row of (domain, from, ...). */
  private Cell cell(Row row) {
    return new Cell(row.getString(0), borders.bucket(row.getInt(1)));
  }
}
