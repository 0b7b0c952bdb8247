package org.longspan.action;

import static org.apache.spark.sql.functions.col;

import java.time.Duration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The edges that were checked.
 *
 * @param verdicts every edge with the relative {@code drop} of entropy and the {@code verdict}
 *     ({@code kept}, {@code dropped}, {@code unchecked}); ranks count those that stay. Persisted,
 *     until {@code unpersist()}
 * @param kept edges whose neighbour lowers the entropy
 * @param dropped edges whose neighbour does not
 * @param unchecked edges that could not be measured; they stay
 * @param took wall-clock time
 */
public record CheckEdgesResult(
    Dataset<Row> verdicts, long kept, long dropped, long unchecked, Duration took) {

  /** The table {@code edges} without those that were dropped, ranks from 0 without gaps. */
  public Dataset<Row> edges() {
    return verdicts.where(col("verdict").notEqual(EdgeChecking.DROPPED)).drop("drop", "verdict");
  }
}
