package org.longspan.action;

import java.time.Duration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.longspan.rank.Strata;

/**
 * What {@link CombineAction} made.
 *
 * @param scores rows of the {@code scores} table: one a document, of scorer {@value
 *     CombineAction#SCORER}
 * @param strata in which documents were ranked
 * @param took ranking; the table itself is computed when it is read
 */
public record CombineResult(Dataset<Row> scores, Strata strata, Duration took) {}
