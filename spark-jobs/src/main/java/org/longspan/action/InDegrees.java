package org.longspan.action;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * Hubs: documents that are the neighbour of many. Documents are those that have an edge, in either
 * direction. One aggregation by document; behind it stands one row a number of edges.
 */
final class InDegrees {
  /** The most wanted documents are one of so many. */
  private static final int TOP = 100;

  private InDegrees() {}

  /** The figures; none where there is no edge. */
  static List<RelatednessFigure> of(Dataset<Row> edges) {
    Dataset<Row> documents =
        edges
            .select(col("neighbour_id").as("id"), lit(1L).as("edge"))
            .union(edges.select(col("doc_id"), lit(0L)))
            .groupBy("id")
            .agg(sum("edge").as("edges"));
    Dataset<Row> byEdges = documents.groupBy("edges").agg(count(lit(1)).as("documents")).persist();
    try {
      List<Row> buckets =
          byEdges
              .groupBy(expr("if(edges = 0, 0L, shiftleft(1L, length(bin(edges)) - 1))").as("from"))
              .agg(sum("documents"))
              .orderBy("from")
              .collectAsList();
      return buckets.isEmpty() ? List.of() : figures(buckets, byEdges);
    } finally {
      byEdges.unpersist();
    }
  }

  private static List<RelatednessFigure> figures(List<Row> buckets, Dataset<Row> byEdges) {
    long documents = buckets.stream().mapToLong(row -> row.getLong(1)).sum();
    List<RelatednessFigure> figures = new ArrayList<>();
    for (Row bucket : buckets) {
      figures.add(
          new RelatednessFigure(
              RelatednessMeasure.IN_DEGREE.label(),
              null,
              bucket.getLong(0),
              (double) bucket.getLong(1) / documents,
              bucket.getLong(1)));
    }

    Column before =
        coalesce(
            sum("documents")
                .over(
                    Window.partitionBy(lit(0))
                        .orderBy(col("edges").desc())
                        .rowsBetween(Window.unboundedPreceding(), -1)),
            lit(0L));
    long top = (documents + TOP - 1) / TOP;
    Column taken = greatest(lit(0L), least(col("documents"), lit(top).minus(col("before"))));
    Row sums =
        byEdges
            .withColumn("before", before)
            .agg(
                max("edges"),
                sum(col("edges").multiply(col("documents"))),
                sum(col("edges").multiply(taken)))
            .first();
    figures.add(
        new RelatednessFigure(
            RelatednessMeasure.MOST_EDGES.label(), null, null, sums.getLong(0), sums.getLong(1)));
    figures.add(
        new RelatednessFigure(
            RelatednessMeasure.EDGES_TO_TOP.label(),
            null,
            null,
            (double) sums.getLong(2) / sums.getLong(1),
            sums.getLong(1)));
    return figures;
  }
}
