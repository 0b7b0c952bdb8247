package org.longspan.action;

import java.time.Duration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.longspan.mix.MixPlan;
import org.longspan.run.Balance;

/**
 * What {@link UpsampleAction} chose.
 *
 * @param selection the {@code selection} table: one row a document
 * @param drops the {@code drops} rows of documents that were not chosen, and of cut copies
 * @param counts what came in, was copied, went out and was dropped
 * @param cells the same by domain and length bucket
 * @param plan the targets, the rates, and the cells that lack tokens
 * @param took planning and counting; the tables themselves are computed when they are read
 */
public record UpsampleResult(
    Dataset<Row> selection,
    Dataset<Row> drops,
    Balance counts,
    SelectionCounts cells,
    MixPlan plan,
    Duration took) {}
