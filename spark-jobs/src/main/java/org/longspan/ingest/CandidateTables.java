package org.longspan.ingest;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.longspan.stage.Tables;

/**
 * Parts candidate rows into the tables of the run. Of rows with the same id the first one, by
 * source, file and line, has it; others with another text are bad. Of rows with the same text the
 * first one stays.
 *
 * <p>Ids and hashes are shuffled, texts are not: the rows that lose are few, and are taken out of
 * the candidates by a broadcast of their numbers. Only above {@value #BROADCAST_ROWS} losers, where
 * the driver would feel it, the join shuffles.
 */
public final class CandidateTables {
  private static final long BROADCAST_ROWS = 5_000_000;
  private static final String DUPLICATE_ID = Reason.DUPLICATE_ID.label();
  private static final String EXACT_DUPLICATE = Reason.EXACT_DUPLICATE.label();

  private final Dataset<Row> candidates;
  private final Dataset<Row> losers;
  private final Dataset<Row> joinable;

  /**
   * The tables.
   *
   * @param candidates {@link Ingestion#rows}, kept
   * @param losers {@link #losers} of the same, kept
   */
  public CandidateTables(Dataset<Row> candidates, Dataset<Row> losers) {
    this.candidates = candidates;
    this.losers = losers;
    Dataset<Row> numbers = losers.select("row_id", "reason");
    this.joinable = losers.count() <= BROADCAST_ROWS ? functions.broadcast(numbers) : numbers;
  }

  /**
   * Rows that are not the first of their id or text: row_id, doc_id, reason, kept (the doc_id of
   * the document with the same text).
   */
  public static Dataset<Row> losers(Dataset<Row> candidates) {
    // Rows of Datasets have no lines: what they hold decides, and of equal rows any one.
    Column[] order = {
      functions.col("file_index"),
      functions.col("line"),
      functions.col("part"),
      functions.col("doc_id"),
      functions.col("sha256"),
      functions.col("domain"),
      functions.col("repo"),
      functions.col("path"),
      functions.col("meta"),
      functions.col("row_id")
    };
    WindowSpec sameId = Window.partitionBy("doc_id").orderBy(order);
    WindowSpec sameText = Window.partitionBy("sha256", "collides").orderBy(order);
    return of(candidates, Fate.DOCUMENT)
        .select(order)
        .withColumn(
            "collides", functions.first("sha256").over(sameId).notEqual(functions.col("sha256")))
        .withColumn("kept", functions.first("doc_id").over(sameText))
        .withColumn("copy", functions.row_number().over(sameText))
        .where(functions.col("collides").or(functions.col("copy").gt(1)))
        .select(
            functions.col("row_id"),
            functions.col("doc_id"),
            functions
                .when(functions.col("collides"), DUPLICATE_ID)
                .otherwise(EXACT_DUPLICATE)
                .as("reason"),
            functions.col("kept"));
  }

  /** Figures of a run: how many rows, by fate and reason, and characters of documents. */
  public Dataset<Row> fates() {
    return candidates
        .groupBy("fate", "reason")
        .agg(
            functions.count(functions.lit(1)).as("rows"),
            functions.coalesce(functions.sum("chars"), functions.lit(0L)).as("chars"));
  }

  /** How many rows are not the first of their id or text, by reason. */
  public Dataset<Row> loserReasons() {
    return losers.groupBy("reason").agg(functions.count(functions.lit(1)).as("rows"));
  }

  /** The candidates that become documents, with all their columns. */
  public Dataset<Row> kept() {
    return of(candidates, Fate.DOCUMENT).join(joinable, "row_id", "left_anti");
  }

  public Dataset<Row> documents() {
    return as(
        Tables.DOCUMENTS_SCHEMA,
        kept()
            .withColumn(
                "meta",
                functions.from_json(
                    functions.col("meta"),
                    DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType))));
  }

  public Dataset<Row> quarantine() {
    Dataset<Row> collisions =
        of(candidates, Fate.DOCUMENT)
            .drop("reason", "raw")
            .join(joinable.where(functions.col("reason").equalTo(DUPLICATE_ID)), "row_id")
            .withColumn(
                "raw",
                functions.substring(
                    functions.concat_ws(": ", functions.col("doc_id"), functions.col("text")),
                    1,
                    InputRow.RAW_CHARACTERS));
    return as(Tables.QUARANTINE_SCHEMA, of(candidates, Fate.BAD))
        .unionAll(as(Tables.QUARANTINE_SCHEMA, collisions));
  }

  public Dataset<Row> drops() {
    Dataset<Row> skipped =
        of(candidates, Fate.SKIPPED)
            .withColumn(
                "doc_id", functions.concat_ws("!", functions.col("source"), functions.col("path")))
            .withColumn("detail", functions.col("raw"));
    Dataset<Row> duplicates =
        losers
            .where(functions.col("reason").equalTo(EXACT_DUPLICATE))
            .withColumn("detail", functions.col("kept"));
    return drops(skipped).unionAll(drops(duplicates));
  }

  private static Dataset<Row> drops(Dataset<Row> rows) {
    return as(
        Tables.DROPS_SCHEMA,
        rows.withColumn("stage", functions.lit("ingest")).withColumn("tokens", functions.lit(0L)));
  }

  private static Dataset<Row> of(Dataset<Row> rows, Fate fate) {
    return rows.where(functions.col("fate").equalTo(fate.label()));
  }

  private static Dataset<Row> as(StructType schema, Dataset<Row> rows) {
    Column[] columns = new Column[schema.size()];
    for (int i = 0; i < columns.length; i++) {
      StructField field = schema.fields()[i];
      columns[i] = functions.col(field.name()).cast(field.dataType());
    }

    return rows.select(columns);
  }
}
