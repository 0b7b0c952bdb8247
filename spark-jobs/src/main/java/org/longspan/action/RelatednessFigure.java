package org.longspan.action;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A figure of the table {@code relatedness}.
 *
 * @param measure the label of a {@link RelatednessMeasure}
 * @param domain the domain of the rows; null: of all
 * @param atLeast where a bucket begins; null where the measure is no histogram
 * @param value a mean, a share or a weight
 * @param count what it is the mean or share of: pairs, rows, documents, edges or tokens
 */
public record RelatednessFigure(
    String measure, String domain, Long atLeast, double value, long count) {
  /** One value of a measure that has a mean: measure, domain, value (null: there is none). */
  static final StructType VALUES =
      new StructType()
          .add("measure", DataTypes.StringType)
          .add("domain", DataTypes.StringType)
          .add("value", DataTypes.DoubleType);

  /** The means of single values, one a measure and domain; those without a value are left out. */
  static List<RelatednessFigure> means(Dataset<Row> values) {
    List<RelatednessFigure> figures = new ArrayList<>();
    // The mean of decimals is the same in any order; that of doubles is not.
    values
        .groupBy("measure", "domain")
        .agg(
            avg(col("value").cast(DataTypes.createDecimalType(28, 12))).cast(DataTypes.DoubleType),
            functions.count("value").as("count"))
        .where(col("count").gt(0))
        .orderBy("measure", "domain")
        .collectAsList()
        .forEach(
            row ->
                figures.add(
                    new RelatednessFigure(
                        row.getString(0),
                        row.getString(1),
                        null,
                        row.getDouble(2),
                        row.getLong(3))));
    return figures;
  }

  /** A row of the table. */
  public static RelatednessFigure of(Row row) {
    return new RelatednessFigure(
        row.getAs("measure"),
        row.getAs("domain"),
        row.getAs("at_least"),
        row.<Double>getAs("value"),
        row.<Long>getAs("count"));
  }

  Row toRow() {
    return RowFactory.create(measure, domain, atLeast, value, count);
  }
}
