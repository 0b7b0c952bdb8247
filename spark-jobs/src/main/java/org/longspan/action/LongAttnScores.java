package org.longspan.action;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.types.DataTypes;
import org.longspan.attention.LongAttn;
import org.longspan.score.Scale;
import org.longspan.score.Status;

/**
 * LongAttn's scores, of the two values that {@link LongAttn} gives a document alone: two
 * aggregations over the scores by domain, and no shuffle but theirs. What is collected is a few
 * numbers a domain.
 *
 * <p>The released code scales the documents of a file; its files hold a domain each.
 */
final class LongAttnScores {
  /** Of a value between 0 and 1; means of decimals are exact, in whatever order they are added. */
  private static final String EXACT = "decimal(33,18)";

  private LongAttnScores() {}

  /** The same rows, with LongAttn's scores scaled over the documents of each domain. */
  static Dataset<Row> scaled(Dataset<Row> scores, LongAttn.Mode mode, double alpha) {
    Column scored =
        col("scorer").equalTo(LongAttn.NAME).and(col("status").equalTo(Status.SCORED.label()));
    Column ds = col("details").getItem(LongAttn.DS);
    Column variance = col("details").getItem(LongAttn.VARIANCE);
    Map<String, Scales> byDomain =
        scales(scores.where(scored).select(col("domain"), ds.as("ds"), variance.as("variance")));
    Column value =
        udf(
                (UDF3<String, Double, Double, Double>)
                    (domain, one, other) -> byDomain.get(domain).combined(mode, alpha, one, other),
                DataTypes.DoubleType)
            .apply(col("domain"), ds, variance);
    return scores.withColumn("score", when(scored, value).otherwise(col("score")));
  }

  /** A range first, so that the moments are of values between 0 and 1. */
  private static Map<String, Scales> scales(Dataset<Row> values) {
    HashMap<String, Scales> ranges = new HashMap<>();
    values
        .groupBy("domain")
        .agg(min("ds"), max("ds"), min("variance"), max("variance"))
        .collectAsList()
        .forEach(
            row ->
                ranges.put(
                    row.getString(0),
                    new Scales(
                        new Scale(row.getDouble(1), row.getDouble(2), 0, 0),
                        new Scale(row.getDouble(3), row.getDouble(4), 0, 0))));
    Column ds = unit("ds", (domain, value) -> ranges.get(domain).ds.unit(value));
    Column variance = unit("variance", (domain, value) -> ranges.get(domain).variance.unit(value));
    Map<String, Scales> scales = new HashMap<>();
    values
        .groupBy("domain")
        .agg(mean(ds), mean(ds.multiply(ds)), mean(variance), mean(variance.multiply(variance)))
        .collectAsList()
        .forEach(
            row -> {
              Scales range = ranges.get(row.getString(0));
              scales.put(
                  row.getString(0),
                  new Scales(
                      range.ds.with(row.getDouble(1), row.getDouble(2)),
                      range.variance.with(row.getDouble(3), row.getDouble(4))));
            });
    return scales;
  }

  private static Column unit(String value, UDF2<String, Double, Double> scaled) {
    return udf(scaled, DataTypes.DoubleType).apply(col("domain"), col(value));
  }

  private static Column mean(Column value) {
    return avg(value.cast(EXACT)).cast(DataTypes.DoubleType);
  }

  /** Where the two values of the documents of a domain lie. */
  private record Scales(Scale ds, Scale variance) implements Serializable {
    double combined(LongAttn.Mode mode, double alpha, double one, double other) {
      return LongAttn.combined(mode, alpha, one, ds, other, variance);
    }
  }
}
