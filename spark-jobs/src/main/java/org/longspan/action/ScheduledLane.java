package org.longspan.action;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sum;

import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * What a schedule has of one phase and one sequence length.
 *
 * @param phase its name; null where the run has no phases
 * @param sequenceLength tokens of each sequence
 * @param steps steps that read them
 * @param sequences sequences in all
 * @param dearest cost of the step that costs most
 * @param meanCost mean cost of a step
 */
public record ScheduledLane(
    String phase, int sequenceLength, long steps, long sequences, long dearest, double meanCost) {

  /** Reads a schedule: one aggregation, a row a lane; the shortest length first in each phase. */
  public static List<ScheduledLane> of(Dataset<Row> schedule) {
    // A decimal sum is the same in any order; a mean of doubles is not.
    Column costs =
        coalesce(sum(col("cost").cast(DataTypes.createDecimalType(28, 0))), lit(0))
            .cast(DataTypes.DoubleType);
    return schedule
        .groupBy("phase", "sequence_length")
        .agg(
            count(lit(1)),
            sum(size(col("sequence_ids")).cast(DataTypes.LongType)),
            max("cost"),
            costs)
        .collectAsList()
        .stream()
        .map(
            row ->
                new ScheduledLane(
                    row.getString(0),
                    row.getInt(1),
                    row.getLong(2),
                    row.getLong(3),
                    row.getLong(4),
                    row.getDouble(5) / row.getLong(2)))
        .sorted(
            Comparator.comparing(
                    ScheduledLane::phase, Comparator.nullsFirst(Comparator.naturalOrder()))
                .thenComparingInt(ScheduledLane::sequenceLength))
        .toList();
  }

  /** Its name in figures and tables: {@code 4096}, or {@code short.4096} of the phase short. */
  public String label() {
    return label(phase, sequenceLength);
  }

  /** The name of a phase's sequences of one length; the phase may be null. */
  public static String label(String phase, int sequenceLength) {
    return phase == null ? Integer.toString(sequenceLength) : phase + "." + sequenceLength;
  }

  /** Tokens in all. */
  public long tokens() {
    return sequences * sequenceLength;
  }

  /** How much dearer the dearest step is than the mean one: 1 where all cost the same. */
  public double imbalance() {
    return meanCost == 0 ? 1 : dearest / meanCost;
  }
}
