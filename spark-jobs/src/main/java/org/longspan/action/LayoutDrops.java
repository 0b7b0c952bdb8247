package org.longspan.action;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.format_string;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.longspan.run.Counts;

/**
 * What the packer of the first round gave up.
 *
 * @param parts doc_id, copy, start, end (of the document's own tokens), tokens, reason; kept by
 *     Spark until {@link #close}
 * @param counts by reason; a copy counts as a document where all of it is given up
 */
record LayoutDrops(Dataset<Row> parts, SortedMap<String, Counts> counts) implements AutoCloseable {
  private static final StructType PARTS =
      StructType.fromDDL("doc_id string, copy int, start int, end int, tokens int, reason string");

  LayoutDrops {
    counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
  }

  /** Nothing was given up. */
  static LayoutDrops none(SparkSession spark) {
    return new LayoutDrops(spark.createDataFrame(List.of(), PARTS), Collections.emptySortedMap());
  }

  /** From packed rows; where a part is a separator alone nothing is lost. */
  static LayoutDrops of(Dataset<Row> packed) {
    Dataset<Row> parts =
        packed
            .where(col("drop").isNotNull())
            .select(col("drop").as("reason"), col("parts").getItem(0).as("part"))
            .select("reason", "part.*")
            .withColumn("end", least(col("end"), col("tokens")))
            .where(col("start").lt(col("end")))
            .select("doc_id", "copy", "start", "end", "tokens", "reason")
            .persist();
    SortedMap<String, Counts> counts = new TreeMap<>();
    parts
        .groupBy("reason")
        .agg(
            count(when(col("start").equalTo(0).and(col("end").equalTo(col("tokens"))), 1)),
            sum(col("end").minus(col("start"))))
        .collectAsList()
        .forEach(row -> counts.put(row.getString(0), new Counts(row.getLong(1), row.getLong(2))));
    return new LayoutDrops(parts, counts);
  }

  /** Rows of the drops table. */
  Dataset<Row> rows() {
    return parts.select(
        col("doc_id"),
        lit("pack").as("stage"),
        col("reason"),
        col("end").minus(col("start")).cast("long").as("tokens"),
        format_string(
                "Of copy %d of %d tokens those from %d to %d are in no sequence.",
                col("copy"), col("tokens"), col("start"), col("end"))
            .as("detail"));
  }

  @Override
  public void close() {
    parts.unpersist();
  }
}
