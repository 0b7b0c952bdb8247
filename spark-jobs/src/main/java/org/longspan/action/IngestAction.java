package org.longspan.action;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.longspan.ingest.CandidateTables;
import org.longspan.ingest.Ingestion;
import org.longspan.ingest.SourceSpec;
import org.longspan.run.Balance;
import org.longspan.run.Counts;

/**
 * Reads sources into documents. The input is read and cleaned once and kept, as the tables that
 * come of it need it again: below {@link #workPath}, or else on the executors' disks, from where
 * {@code spark.catalog().clearCache()} removes it.
 */
public final class IngestAction {
  /** Longer texts are refused unless {@link #maxDocumentBytes} says otherwise: 1 GiB. */
  private static final long DEFAULT_MAX_DOCUMENT_BYTES = 1L << 30;

  private static final long ROW_GROUP_BYTES = 32L << 20;

  private final SparkSession spark;
  private final List<Ingestion.Source> sources = new ArrayList<>();
  private long maxDocumentBytes = DEFAULT_MAX_DOCUMENT_BYTES;
  private String workPath;

  IngestAction(SparkSession spark) {
    this.spark = spark;
  }

  /** An action without sources. */
  public static IngestAction on(SparkSession spark) {
    return new IngestAction(spark);
  }

  /** Adds files. */
  public IngestAction source(SourceSpec source) {
    sources.add(Ingestion.Source.files(source));
    return this;
  }

  /** Adds rows with the columns id, text and domain, of which only text must be there. */
  public IngestAction dataFrame(Dataset<Row> rows) {
    return dataFrame(rows, SourceSpec.of());
  }

  /** Adds rows; {@code as} says what their columns are called, their domain, and the cleaning. */
  public IngestAction dataFrame(Dataset<Row> rows, SourceSpec as) {
    sources.add(Ingestion.Source.rows(rows, as));
    return this;
  }

  /** UTF-8 bytes above which a row is no document. */
  public IngestAction maxDocumentBytes(long bytes) {
    this.maxDocumentBytes = bytes;
    return this;
  }

  /** A folder for what is read, which may be removed when the tables are no longer used. */
  public IngestAction workPath(String path) {
    this.workPath = path;
    return this;
  }

  /**
   * Reads the input. Bad rows fail nothing here: they are in {@link IngestResult#quarantine}.
   *
   * @throws org.longspan.conf.ConfigurationException with every path that matches no file
   */
  public IngestResult execute() {
    long start = System.nanoTime();
    Ingestion ingestion =
        JobDescription.during(
            spark,
            "ingest: list the input",
            () -> Ingestion.plan(spark, sources, maxDocumentBytes));
    Dataset<Row> candidates =
        JobDescription.during(
            spark, "ingest: read and clean the input", () -> kept("candidates", ingestion.rows()));
    Dataset<Row> losers =
        JobDescription.during(
            spark,
            "ingest: find exact duplicates",
            () -> kept("losers", CandidateTables.losers(candidates)));
    return JobDescription.during(
        spark,
        "ingest: count",
        () -> result(ingestion, new CandidateTables(candidates, losers), start));
  }

  private static IngestResult result(Ingestion ingestion, CandidateTables tables, long start) {
    SortedMap<String, Double> figures = new TreeMap<>();
    SortedMap<String, Counts> dropped = new TreeMap<>();
    long read = 0;
    long bad = 0;
    long skipped = 0;
    long candidates = 0;
    for (Row row : tables.fates().collectAsList()) {
      String reason = row.getAs("reason");
      long rows = row.getAs("rows");
      read += rows;
      switch (row.<String>getAs("fate")) {
        case "document" -> {
          candidates += rows;
          figures.put("chars", (double) row.<Long>getAs("chars"));
        }
        case "bad" -> {
          bad += rows;
          figures.put("quarantined." + reason, (double) rows);
        }
        default -> {
          skipped += rows;
          dropped.put(reason, new Counts(rows, 0));
        }
      }
    }

    long duplicates = 0;
    for (Row row : tables.loserReasons().collectAsList()) {
      String reason = row.getAs("reason");
      long rows = row.getAs("rows");
      if (reason.equals("duplicate-id")) {
        bad += rows;
        candidates -= rows;
        figures.put("quarantined." + reason, (double) rows);
      } else {
        duplicates += rows;
        dropped.put(reason, new Counts(rows, 0));
      }
    }

    figures.put("files", (double) ingestion.files());
    figures.put("input-bytes", (double) ingestion.bytes());
    figures.put("rows", (double) read);
    figures.put("quarantined", (double) bad);
    figures.put("skipped-files", (double) skipped);
    figures.put("exact-duplicates", (double) duplicates);
    Dataset<Row> documents = tables.documents();
    Balance counts =
        Balance.of(
            new Counts(candidates + skipped, 0),
            Map.of(),
            new Counts(documents.count(), 0),
            dropped);
    return new IngestResult(
        documents,
        tables.quarantine(),
        tables.drops(),
        counts,
        figures,
        Duration.ofNanos(System.nanoTime() - start));
  }

  /**
   * Page and group sizes are checked after every row: by default Parquet gathers a hundred rows
   * first, whatever their size. Small groups keep readers small too, as Spark reads up to 4,096
   * rows of a group at once.
   */
  private Dataset<Row> kept(String name, Dataset<Row> rows) {
    if (workPath == null) {
      return rows.persist(StorageLevel.DISK_ONLY());
    }

    String path = workPath + "/" + name;
    rows.write()
        .mode(SaveMode.Overwrite)
        .option("parquet.block.size", ROW_GROUP_BYTES)
        .option("parquet.page.size.row.check.min", 1)
        .option("parquet.block.size.row.check.min", 1)
        .parquet(path);
    return spark.read().schema(rows.schema()).parquet(path);
  }
}
