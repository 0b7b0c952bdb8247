package org.longspan.action;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.posexplode;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.longspan.scoring.SideTable;
import org.longspan.stage.Tables;

/** The tables that lie beside the scores in the lines of shards. */
final class SideRows {
  /** As {@code Aside.Links} is written. */
  private static final StructType LINKS =
      new StructType()
          .add("doc_id", DataTypes.StringType)
          .add("scorer", DataTypes.StringType)
          .add(
              "links",
              DataTypes.createArrayType(
                  new StructType()
                      .add("start", DataTypes.IntegerType)
                      .add("end", DataTypes.IntegerType)
                      .add("earlier_start", DataTypes.IntegerType)
                      .add("earlier_end", DataTypes.IntegerType)
                      .add("strength", DataTypes.DoubleType)));

  private SideRows() {}

  /** The rows of a side table; none where it was not wanted. */
  static Dataset<Row> of(SideTable table, ScoredLines lines) {
    return switch (table) {
      case TOKEN_WEIGHTS -> lines.as(Tables.TOKEN_WEIGHTS_SCHEMA).where(col("weights").isNotNull());
      case LINKS ->
          lines
              .as(LINKS)
              .select(
                  col("doc_id"),
                  col("scorer"),
                  posexplode(col("links")).as(new String[] {"rank", "link"}))
              .select(
                  col("doc_id"),
                  col("scorer"),
                  col("rank"),
                  col("link.start"),
                  col("link.end"),
                  col("link.earlier_start"),
                  col("link.earlier_end"),
                  col("link.strength"),
                  col("link.start").minus(col("link.earlier_start")).as("distance"));
    };
  }
}
