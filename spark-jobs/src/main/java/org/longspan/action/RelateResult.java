package org.longspan.action;

import java.time.Duration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.longspan.run.Balance;

/**
 * The neighbours that were found.
 *
 * @param edges the table {@code edges}. With a work path it reads the files there; without one it
 *     is persisted, until {@code unpersist()}
 * @param counts chosen documents and their tokens, copies counted; relating drops nothing
 * @param took wall-clock time
 * @param slices how many slices there are
 * @param slicesReused how many of them an earlier run had finished under the same work path
 */
public record RelateResult(
    Dataset<Row> edges, Balance counts, Duration took, int slices, int slicesReused) {}
