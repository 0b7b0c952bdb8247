package org.longspan.action;

import static org.apache.spark.sql.functions.aggregate;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sum;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.longspan.schedule.Lane;

/** What a schedule knows of sequences: ids, lengths and costs, from their boundaries alone. */
final class MeasuredSequences {
  private MeasuredSequences() {}

  /**
   * What lanes have.
   *
   * @param copies document copies that begin in their sequences
   */
  record Contents(long sequences, long copies) {}

  /**
   * Measures the sequences of all phases.
   *
   * @return phase int (from 0), sequence_id long, length int, cost long, documents int (parts of
   *     documents; padding is none), copies long
   */
  static Dataset<Row> of(List<PhaseSequences> phases) {
    Column length = aggregate(col("seq_lengths"), lit(0), (all, segment) -> all.plus(segment));
    Column cost =
        aggregate(
            col("seq_lengths"),
            lit(0L),
            (all, segment) -> all.plus(segment.cast(DataTypes.LongType).multiply(segment)));
    return select(
        phases,
        col("sequence_id"),
        length.as("length"),
        cost.as("cost"),
        size(col("seq_lengths")).minus(SpanColumns.pads()).as("documents"),
        SpanColumns.copies().as("copies"));
  }

  /** Columns of the sequences of all phases, and {@code phase}, the phase's number. */
  static Dataset<Row> select(List<PhaseSequences> phases, Column... columns) {
    Dataset<Row> all = null;
    for (int p = 0; p < phases.size(); p++) {
      Dataset<Row> own = phases.get(p).sequences().select(columns).withColumn("phase", lit(p));
      all = all == null ? own : all.union(own);
    }

    return all;
  }

  /** What each lane has, of measured sequences: one aggregation, a row a lane. */
  static SortedMap<Lane, Contents> contents(Dataset<Row> measured) {
    SortedMap<Lane, Contents> lanes = new TreeMap<>();
    measured
        .groupBy("phase", "length")
        .agg(count(lit(1)), sum("copies"))
        .collectAsList()
        .forEach(
            row ->
                lanes.put(
                    new Lane(row.getInt(0), row.getInt(1)),
                    new Contents(row.getLong(2), row.getLong(3))));
    return lanes;
  }
}
