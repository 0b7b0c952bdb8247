package org.longspan.action;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map;
import static org.apache.spark.sql.functions.map_concat;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.types.DataTypes;
import org.longspan.attention.ContextualAwareness;
import org.longspan.score.Gateau;
import org.longspan.score.GateauGuidance;
import org.longspan.score.NonCopy;
import org.longspan.score.Scale;
import org.longspan.score.Status;

/**
 * GATEAU's scores of a data set, of those that {@link Gateau} and {@link ContextualAwareness} give
 * a document alone. As {@linkplain #published} the guidance takes two aggregations over the scores;
 * to be {@linkplain #combined} with awareness it takes one more and a join of a number a document.
 */
final class GateauScores {
  private static final String NAME = "gateau";

  /** Details of a combined score: its parts, before they are scaled. */
  private static final String GUIDANCE = "guidance";

  private static final String AWARENESS = "awareness";

  /** Of a part between 1/e and e; sums of decimals are exact, in whatever order they are added. */
  private static final String EXACT = "decimal(38,18)";

  private GateauScores() {}

  /** The same rows, with GATEAU's scores scaled over all documents that have one. */
  static Dataset<Row> published(Dataset<Row> scores) {
    return published(published(scores, NAME), NAME + NonCopy.SUFFIX);
  }

  /**
   * The same rows, with guidance joined with contextual awareness, both scaled over all documents
   * that have both. A document without awareness has no such score, but the status of its
   * awareness.
   *
   * @param alpha weight of the guidance
   */
  static Dataset<Row> combined(Dataset<Row> scores, double alpha) {
    return combined(combined(scores, NAME, alpha), NAME + NonCopy.SUFFIX, alpha);
  }

  private static Dataset<Row> combined(Dataset<Row> scores, String scorer, double alpha) {
    Column guided = col("scorer").equalTo(scorer).and(isScored("status"));
    Dataset<Row> awareness =
        scores
            .where(col("scorer").equalTo(ContextualAwareness.NAME))
            .select(
                col("doc_id").as("aware_id"),
                col("status").as("aware_status"),
                col("score").as("awareness"));
    Dataset<Row> joined =
        scores.where(guided).join(awareness, col("doc_id").equalTo(col("aware_id")));
    Column both = isScored("aware_status");
    Row range =
        joined
            .where(both)
            .agg(min("score"), max("score"), min("awareness"), max("awareness"))
            .first();
    // Where no document has both, nothing is scaled.
    Scale ofGuidance = scale(range, 0);
    Scale ofAwareness = scale(range, 2);
    Column value =
        udf(
                (UDF2<Double, Double, Double>)
                    (guidance, aware) ->
                        ContextualAwareness.combined(
                            alpha, guidance, ofGuidance, aware, ofAwareness),
                DataTypes.DoubleType)
            .apply(col("score"), col("awareness"));
    Column details =
        map_concat(
            col("details"), map(lit(GUIDANCE), col("score"), lit(AWARENESS), col("awareness")));
    Column lacking =
        concat(
            lit("The document lacks a score by " + ContextualAwareness.NAME + " ("),
            col("aware_status"),
            lit(")."));
    Dataset<Row> rows =
        joined.select(
            col("doc_id"),
            col("domain"),
            col("scorer"),
            col("aware_status").as("status"),
            when(both, value).as("score"),
            when(both, details).otherwise(expr("cast(map() as map<string, double>)")).as("details"),
            col("profile"),
            when(not(both), lacking).as("error"));
    return scores.where(not(guided)).unionByName(rows);
  }

  private static Scale scale(Row range, int from) {
    return range.isNullAt(from)
        ? new Scale(0, 0, 0, 0)
        : new Scale(range.getDouble(from), range.getDouble(from + 1), 0, 0);
  }

  private static Column isScored(String status) {
    return col(status).equalTo(Status.SCORED.label());
  }

  private static Dataset<Row> published(Dataset<Row> scores, String scorer) {
    Column scored = col("scorer").equalTo(scorer).and(isScored("status"));
    Column pplShort = col("details").getItem(Gateau.PPL_SHORT);
    Column pplLong = col("details").getItem(Gateau.PPL_LONG);
    Row range =
        scores.where(scored).agg(min(pplShort), max(pplShort), min(pplLong), max(pplLong)).first();

    if (range.isNullAt(0)) {
      return scores;
    }

    GateauGuidance guidance =
        new GateauGuidance(
            range.getDouble(0), range.getDouble(1), range.getDouble(2), range.getDouble(3));
    Column part =
        udf((UDF2<Double, Double, Double>) guidance::part, DataTypes.DoubleType)
            .apply(pplShort, pplLong);
    double all =
        scores.where(scored).agg(sum(part.cast(EXACT))).first().getDecimal(0).doubleValue();
    return scores.withColumn("score", when(scored, part.divide(all)).otherwise(col("score")));
  }
}
