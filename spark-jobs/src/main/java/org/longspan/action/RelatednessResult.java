package org.longspan.action;

import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.longspan.relatedness.Exposure;
import org.longspan.run.Counts;
import org.longspan.stage.Tables;

/**
 * What {@link RelatednessAction} found.
 *
 * @param figures one a measure, domain and bucket, in the order of the measures
 * @param vectors the name of what made the vectors
 * @param exposure of all sequences, under a mask
 * @param counts copies and tokens in the sequences
 * @param took wall-clock time
 */
public record RelatednessResult(
    List<RelatednessFigure> figures,
    String vectors,
    Exposure exposure,
    Counts counts,
    Duration took) {
  public RelatednessResult {
    figures = List.copyOf(figures);
  }

  /** The table {@code relatedness}. */
  public Dataset<Row> table(SparkSession spark) {
    return spark.createDataFrame(
        figures.stream().map(RelatednessFigure::toRow).toList(), Tables.RELATEDNESS_SCHEMA);
  }

  /** The mean of a measure over all that was measured; empty where there was nothing. */
  public OptionalDouble mean(RelatednessMeasure measure) {
    List<RelatednessFigure> own =
        figures.stream().filter(figure -> figure.measure().equals(measure.label())).toList();
    long count = own.stream().mapToLong(RelatednessFigure::count).sum();
    return count == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(
            own.stream().mapToDouble(figure -> figure.value() * figure.count()).sum() / count);
  }
}
