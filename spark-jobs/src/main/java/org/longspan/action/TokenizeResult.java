package org.longspan.action;

import java.time.Duration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.longspan.run.Balance;

/**
 * What {@link TokenizeAction} made.
 *
 * @param tokens the {@code tokens} table: one row a document that has tokens
 * @param drops the {@code drops} rows of documents that have none
 * @param counts documents in and out; tokens are added here, as {@code tokenized}
 * @param took counting; the tables themselves are computed when they are read
 */
public record TokenizeResult(
    Dataset<Row> tokens, Dataset<Row> drops, Balance counts, Duration took) {}
