package org.longspan.action;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * How many tokens the copies of a {@code selection} have: all are whole, but the last may be cut.
 */
public final class SelectedCopies {
  private static final String LAST = "last_copy_tokens";

  private SelectedCopies() {}

  /** A selection with the column last_copy_tokens; where it has none every copy is whole. */
  static Dataset<Row> of(Dataset<Row> selection) {
    return Arrays.asList(selection.columns()).contains(LAST)
        ? selection
        : selection.withColumn(LAST, lit(null).cast(DataTypes.IntegerType));
  }

  /** Tokens of the last copy of a document that has one, int. */
  static Column last() {
    return coalesce(col(LAST), col("n_tokens"));
  }

  /** Tokens of all copies, long. */
  public static Column tokens() {
    return col("copies").cast("long").multiply(col("n_tokens")).minus(rest());
  }

  /** Tokens of the document, once, that have so many or more before them, long. */
  public static Column beyondOnce(int position) {
    return greatest(col("n_tokens").minus(position), lit(0)).cast("long");
  }

  /** Tokens of all copies that have so many or more of the document before them, long. */
  public static Column beyond(int position) {
    Column last = greatest(last().minus(position), lit(0)).cast("long");
    return when(
            col("copies").gt(0), beyondOnce(position).multiply(col("copies").minus(1)).plus(last))
        .otherwise(0L);
  }

  /** Tokens that the last copy lacks, long. */
  static Column rest() {
    return when(col("copies").gt(0), col("n_tokens").minus(last())).otherwise(0).cast("long");
  }
}
