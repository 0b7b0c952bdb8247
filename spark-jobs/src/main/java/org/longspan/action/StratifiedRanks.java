package org.longspan.action;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.posexplode;
import static org.apache.spark.sql.functions.udf;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.longspan.length.LengthBorders;
import org.longspan.rank.Strata;
import org.longspan.rank.Stratum;

/**
 * The Spark side of {@link Strata}: ranks documents among those of their domain and length bucket,
 * or of a larger stratum where these are too few.
 *
 * <p>A document has a row for each stratum that it counts in, three at most, and each score. Cost:
 * an aggregation by cell, then that of {@link GroupRanks}. Ids, doubles and numbers of strata are
 * all that is shuffled; the driver sees a row a cell.
 *
 * @param strata which stratum each cell is ranked in
 * @param numbers the strata that are used, each at its number, in ascending order
 * @param ranks doc_id, stratum int, number int (of the score, from 0), score, rank; a row for each
 *     stratum that a document counts in
 */
record StratifiedRanks(Strata strata, List<Stratum> numbers, Dataset<Row> ranks) {
  private static final StructType MEMBERSHIPS =
      new StructType()
          .add("domain", DataTypes.StringType)
          .add("cell", DataTypes.StringType)
          .add("stratum", DataTypes.IntegerType);

  /** The label of the length bucket of {@code n_tokens}. */
  static Column cell(LengthBorders borders) {
    return udf(
            (UDF1<Integer, String>) tokens -> borders.bucket(tokens).label(), DataTypes.StringType)
        .apply(col("n_tokens"));
  }

  /**
   * Ranks documents by each of several scores.
   *
   * @param documents doc_id, domain, cell (of {@link #cell}) and the scores, none null; one row a
   *     document, read several times, so best held
   * @param scores the names of the columns with scores
   * @param minGroup documents from which a stratum stands for itself
   */
  static StratifiedRanks of(
      SparkSession spark, Dataset<Row> documents, List<String> scores, long minGroup) {
    Strata strata = Strata.of(cells(documents), minGroup);
    List<Stratum> numbers = List.copyOf(strata.used());
    List<Row> memberships = new ArrayList<>();
    strata
        .cells()
        .keySet()
        .forEach(
            cell ->
                strata
                    .countedIn(cell)
                    .forEach(
                        stratum ->
                            memberships.add(
                                RowFactory.create(
                                    cell.domain(),
                                    cell.bucket(),
                                    Collections.binarySearch(numbers, stratum)))));
    Column[] values = scores.stream().map(name -> col(name)).toArray(Column[]::new);
    Dataset<Row> counted =
        documents
            .join(
                broadcast(spark.createDataFrame(memberships, MEMBERSHIPS)),
                new String[] {"domain", "cell"},
                "inner")
            .select(
                col("doc_id"),
                col("stratum"),
                posexplode(array(values)).as(new String[] {"number", "score"}));
    Dataset<Row> ranked =
        GroupRanks.of(
            spark,
            counted.withColumn("group", expr("stratum * %d + number".formatted(scores.size()))));
    return new StratifiedRanks(
        strata,
        numbers,
        ranked.select(
            col("doc_id"),
            expr("cast(group div %d as int)".formatted(scores.size())).as("stratum"),
            expr("group %% %d".formatted(scores.size())).as("number"),
            col("score"),
            col("rank")));
  }

  /** The number of a stratum that is used. */
  int number(Stratum stratum) {
    return Collections.binarySearch(numbers, stratum);
  }

  private static SortedMap<Stratum, Long> cells(Dataset<Row> documents) {
    SortedMap<Stratum, Long> cells = new TreeMap<>();
    documents
        .groupBy("domain", "cell")
        .count()
        .collectAsList()
        .forEach(row -> cells.put(new Stratum(row.getString(0), row.getString(1)), row.getLong(2)));
    return cells;
  }
}
