package org.longspan.action;

import java.time.Duration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.longspan.run.Balance;

/**
 * What {@link ScheduleAction} planned. Spark keeps what was measured of the sequences until {@link
 * #close}, since steps are filled only when the tables are read: write them first, then close.
 *
 * @param schedule the schedule table, in order of steps
 * @param drops a row for each span of a sequence that no step reads
 * @param measured ids, lengths and costs of the sequences
 * @param counts copies that begin in the sequences, and tokens; the tokens of sequences that no
 *     step reads are dropped, their documents count as parts and thus go on
 * @param took time to measure and plan
 */
public record ScheduleResult(
    Dataset<Row> schedule, Dataset<Row> drops, Dataset<Row> measured, Balance counts, Duration took)
    implements AutoCloseable {
  /** Lets go of what Spark keeps. */
  @Override
  public void close() {
    measured.unpersist();
  }
}
