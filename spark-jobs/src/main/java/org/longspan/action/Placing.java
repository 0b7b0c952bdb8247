package org.longspan.action;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Which slices the chosen documents are in, on both sides of the search: ids and texts. */
interface Placing extends AutoCloseable {
  /** How many slices there are. */
  int count();

  /** Chosen documents: doc_id, slice, and whether it is their home. One row a slice. */
  Dataset<Row> chosen();

  /** Documents with one column more, {@code slice}: one row a slice, and none outside of all. */
  Dataset<Row> texts(Dataset<Row> documents);

  /** Lets go of what Spark keeps for it. */
  @Override
  default void close() {}
}
