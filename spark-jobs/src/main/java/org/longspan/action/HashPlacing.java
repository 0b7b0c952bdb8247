package org.longspan.action;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.types.DataTypes;
import org.longspan.relate.Slicing;

/**
 * Slices by a hash. A text's slice follows from its domain and doc_id, so no join comes first:
 * texts that were not chosen travel too and are passed over.
 *
 * @param chosenIds doc_id and domain of the chosen documents
 */
record HashPlacing(Dataset<Row> chosenIds, Slicing slicing) implements Placing {
  @Override
  public int count() {
    return slicing.count();
  }

  @Override
  public Dataset<Row> chosen() {
    return chosenIds.select(col("doc_id"), slice().as("slice"), lit(true).as("home"));
  }

  @Override
  public Dataset<Row> texts(Dataset<Row> documents) {
    return documents.withColumn("slice", slice()).where(col("slice").isNotNull());
  }

  private Column slice() {
    Slicing numbers = slicing;
    UDF2<String, String, Integer> number =
        (domain, id) -> numbers.covers(domain) ? numbers.number(domain, id) : null;
    return udf(number, DataTypes.IntegerType).apply(col("domain"), col("doc_id"));
  }
}
