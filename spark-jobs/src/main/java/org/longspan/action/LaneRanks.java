package org.longspan.action;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.longspan.schedule.Lane;

/**
 * Dense ranks of sequences inside their lanes, of any size. All are sorted over range partitions by
 * (lane, key, sequence_id), which is an order without ties; a sequence's rank is its place there,
 * less that of its lane's first.
 *
 * <p>Cost: one shuffle of the rows, read twice. The driver sees a count a partition.
 */
final class LaneRanks {
  private LaneRanks() {}

  /**
   * Ranks rows.
   *
   * @param rows phase int, length int, sequence_id long and others; computed twice, so best held
   * @param key what they are ranked by, the lowest first
   * @param counts rows of each lane
   * @return the rows and {@code rank}, long from 0
   */
  static Dataset<Row> of(
      SparkSession spark, Dataset<Row> rows, Column key, SortedMap<Lane, Long> counts) {
    Map<Lane, Long> firsts = firsts(counts);
    JavaRDD<Row> ranked =
        // A column of its own: a sort would compute an expression anew for every comparison.
        rows.withColumn("key", key)
            .orderBy("phase", "length", "key", "sequence_id")
            .javaRDD()
            .zipWithIndex()
            .map(placed -> ranked(placed._1(), placed._2(), firsts));
    return spark.createDataFrame(ranked, rows.schema().add("rank", DataTypes.LongType));
  }

  /** The row with its rank in the place of its key. */
  private static Row ranked(Row row, long place, Map<Lane, Long> firsts) {
    Object[] values = new Object[row.size()];
    int last = row.size() - 1;
    for (int i = 0; i < last; i++) {
      values[i] = row.get(i);
    }

    Lane lane = new Lane(row.<Integer>getAs("phase"), row.<Integer>getAs("length"));
    values[last] = place - firsts.get(lane);
    return RowFactory.create(values);
  }

  /** The place of each lane's first row. */
  private static Map<Lane, Long> firsts(SortedMap<Lane, Long> counts) {
    Map<Lane, Long> firsts = new HashMap<>();
    long next = 0;
    for (Map.Entry<Lane, Long> lane : counts.entrySet()) {
      firsts.put(lane.getKey(), next);
      next += lane.getValue();
    }

    return firsts;
  }
}
