package org.longspan.action;

import java.time.Duration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The edges that stood a check.
 *
 * @param edges the table {@code edges} without those that were dropped, ranks from 0 without gaps;
 *     persisted, until {@code unpersist()}
 * @param kept edges whose neighbour lowers the entropy
 * @param dropped edges whose neighbour does not
 * @param unchecked edges that could not be measured; they stay
 * @param took wall-clock time
 */
public record CheckEdgesResult(
    Dataset<Row> edges, long kept, long dropped, long unchecked, Duration took) {}
