package org.longspan.action;

import java.time.Duration;
import java.util.SortedMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.longspan.run.Balance;

/**
 * What {@link ScoreAction} made.
 *
 * @param scores the {@code scores} table: one row a document and scorer
 * @param tokenWeights the {@code token_weights} table: one row a document that the weighing scorer
 *     scores; empty where no token weights are wanted
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
    Dataset<Row> tokenWeights,
    Balance counts,
    SortedMap<String, Long> statuses,
    int shards,
    int reused,
    long measuredTokens,
    double tokensPerSecond,
    Duration took) {}
