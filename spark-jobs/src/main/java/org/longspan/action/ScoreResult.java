package org.longspan.action;

import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.longspan.run.Balance;
import org.longspan.scoring.SideTable;

/**
 * What {@link ScoreAction} made.
 *
 * @param scores the {@code scores} table: one row a document and scorer
 * @param sideTables the tables that are wanted beside the scores, and no others; they have rows of
 *     documents that their scorer scores
 * @param counts the documents and tokens that were read; scoring leaves none out
 * @param statuses rows by status, over all scorers
 * @param shards shards that the work was cut into
 * @param reused shards that an earlier job had committed
 * @param measuredTokens tokens that go through the model for all shards
 * @param tokensPerSecond tokens through the model a second of this job; 0 where nothing was
 *     measured
 * @param took planning and measuring
 */
public record ScoreResult(
    Dataset<Row> scores,
    Map<SideTable, Dataset<Row>> sideTables,
    Balance counts,
    SortedMap<String, Long> statuses,
    int shards,
    int reused,
    long measuredTokens,
    double tokensPerSecond,
    Duration took) {}
