package org.longspan.action;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.types.DataTypes;
import org.longspan.score.Gateau;
import org.longspan.score.GateauGuidance;
import org.longspan.score.NonCopy;
import org.longspan.score.Status;

/**
 * GATEAU's scores as published, of those that {@link Gateau} gives a document alone: two
 * aggregations over the scores, and no shuffle but theirs.
 */
final class GateauScores {
  private static final String NAME = "gateau";

  /** Of a part between 1/e and e; sums of decimals are exact, in whatever order they are added. */
  private static final String EXACT = "decimal(38,18)";

  private GateauScores() {}

  /** The same rows, with GATEAU's scores scaled over all documents that have one. */
  static Dataset<Row> published(Dataset<Row> scores) {
    return published(published(scores, NAME), NAME + NonCopy.SUFFIX);
  }

  private static Dataset<Row> published(Dataset<Row> scores, String scorer) {
    Column scored = col("scorer").equalTo(scorer).and(col("status").equalTo(Status.SCORED.label()));
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
