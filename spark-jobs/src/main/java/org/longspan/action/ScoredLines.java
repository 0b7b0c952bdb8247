package org.longspan.action;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** The lines of scored shards: each table that they hold is some of their fields. */
@FunctionalInterface
interface ScoredLines {
  /** A row a line; a field that a line lacks is null. */
  Dataset<Row> as(StructType schema);
}
