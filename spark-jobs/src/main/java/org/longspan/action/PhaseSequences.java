package org.longspan.action;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The sequences of one phase of a training.
 *
 * @param phase its name; null where the run has no phases
 * @param sequences with columns as in {@link org.longspan.stage.Tables}; sequence_id is unique in
 *     the phase
 */
public record PhaseSequences(String phase, Dataset<Row> sequences) {}
