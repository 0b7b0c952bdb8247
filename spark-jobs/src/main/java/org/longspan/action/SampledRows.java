package org.longspan.action;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.longspan.seed.Seeded;

/**
 * Rows that stand for all: of each domain those with the least hash, as many as wanted. A row with
 * documents of several domains counts to the domain {@value #MIXED}.
 */
final class SampledRows {
  static final String MIXED = "mixed";

  /** A row of the sample: its domain and its place there, from 0. */
  private static final StructType SCHEMA =
      new StructType()
          .add("sequence_id", DataTypes.LongType)
          .add("domain", DataTypes.StringType)
          .add("place", DataTypes.IntegerType);

  private final SparkSession spark;
  private final Dataset<Row> sequences;
  private final List<Row> places;

  private SampledRows(SparkSession spark, Dataset<Row> sequences, List<Row> places) {
    this.spark = spark;
    this.sequences = sequences;
    this.places = places;
  }

  /** Draws the sample; ids and domains alone are read. */
  static SampledRows of(SparkSession spark, Dataset<Row> sequences, int rows, long seed) {
    Column hash =
        udf(
                (UDF1<Long, Long>) id -> Seeded.hash(seed, "relatedness", Long.toString(id)),
                DataTypes.LongType)
            .apply(col("sequence_id"));
    Column place =
        row_number().over(Window.partitionBy("domain").orderBy(col("hash"), col("sequence_id")));
    List<Row> places =
        sequences
            .select(col("sequence_id"), domain().as("domain"), hash.as("hash"))
            .withColumn("place", place.minus(1))
            .where(col("place").lt(rows))
            .select("sequence_id", "domain", "place")
            .orderBy("domain", "place")
            .collectAsList();
    return new SampledRows(spark, sequences, places);
  }

  /** The only domain of a row, or {@value #MIXED}. */
  static Column domain() {
    return when(size(col("domains")).equalTo(1), element_at(col("domains"), lit(1)))
        .otherwise(MIXED);
  }

  /** sequence_id, domain, place, and these columns of each row of the sample. */
  Dataset<Row> with(Column... columns) {
    Column[] all = new Column[columns.length + 3];
    all[0] = col("sequence_id");
    all[1] = col("domain");
    all[2] = col("place");
    System.arraycopy(columns, 0, all, 3, columns.length);
    return sequences
        .join(broadcast(spark.createDataFrame(places, SCHEMA)), "sequence_id")
        .select(all);
  }
}
