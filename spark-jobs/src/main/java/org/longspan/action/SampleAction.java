package org.longspan.action;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.longspan.ingest.CandidateTables;
import org.longspan.ingest.Ingestion;
import org.longspan.ingest.SourceFiles;
import org.longspan.ingest.SourceSpec;
import org.longspan.length.LengthBorders;
import org.longspan.length.LengthBucket;
import org.longspan.mix.Cell;
import org.longspan.plan.CellSample;
import org.longspan.plan.CorpusSample;
import org.longspan.plan.SourceSample;
import org.longspan.run.BadInputException;
import org.longspan.tokenizer.TokenizerFiles;

/**
 * Reads a part of each source by the rules of {@link IngestAction} and counts its tokens as {@link
 * TokenizeAction} does. Nothing is written but to the executors' storage, which {@link
 * SampledTables#close} gives back.
 */
public final class SampleAction {
  private final SparkSession spark;
  private final List<SourceSpec> sources;
  private final TokenizerFiles tokenizer;
  private long maxDocumentBytes = 1L << 30;
  private long bytes = 16L << 20;
  private long seed;

  private SampleAction(SparkSession spark, List<SourceSpec> sources, TokenizerFiles tokenizer) {
    this.spark = spark;
    this.sources = sources;
    this.tokenizer = tokenizer;
  }

  /** Samples these sources. */
  public static SampleAction on(
      SparkSession spark, List<SourceSpec> sources, TokenizerFiles tokenizer) {
    return new SampleAction(spark, List.copyOf(sources), tokenizer);
  }

  /** UTF-8 bytes above which a row is no document; 1 GiB unless set. */
  public SampleAction maxDocumentBytes(long most) {
    this.maxDocumentBytes = most;
    return this;
  }

  /** Bytes of text to read, about; 16 MiB unless set. */
  public SampleAction bytes(long wanted) {
    this.bytes = wanted;
    return this;
  }

  /** The seed that decides what is read; 0 unless set. */
  public SampleAction seed(long decides) {
    this.seed = decides;
    return this;
  }

  /**
   * Reads and counts.
   *
   * @param borders where the length buckets of cells begin
   * @param longFrom tokens from which a document is long; one of the borders
   * @throws org.longspan.conf.ConfigurationException with every path that matches no file
   * @throws BadInputException where no document could be read
   */
  public SampledTables execute(LengthBorders borders, int longFrom) {
    List<Dataset<Row>> held = new ArrayList<>();
    try (JobDescription ignored = new JobDescription(spark, "plan: read and tokenize a sample")) {
      return read(held, borders, longFrom);
    } catch (RuntimeException e) {
      held.forEach(Dataset::unpersist);
      throw e;
    }
  }

  private SampledTables read(List<Dataset<Row>> held, LengthBorders borders, int longFrom) {
    List<Ingestion.Source> all = sources.stream().map(Ingestion.Source::files).toList();
    Ingestion ingestion = Ingestion.plan(spark, all, maxDocumentBytes).sample(bytes, seed);
    Dataset<Row> candidates =
        hold(held, ingestion.rows().withColumn("source_index", ingestion.source()));
    Dataset<Row> losers = hold(held, CandidateTables.losers(candidates));
    Dataset<Row> documents =
        new CandidateTables(candidates, losers)
            .kept()
            .select("doc_id", "domain", "text", "source_index");
    Dataset<Row> tokens = hold(held, TokenizeAction.on(spark, documents, tokenizer).tokens());
    CorpusSample sample =
        new CorpusSample(
            counted(ingestion.sourceFiles(), candidates, losers),
            cells(tokens, documents, borders),
            borders,
            longFrom);
    if (sample.documentsRead() == 0) {
      throw noDocument(sample, candidates);
    }

    return new SampledTables(sample, documents, tokens, held);
  }

  private static List<SourceSample> counted(
      List<SourceFiles> files, Dataset<Row> candidates, Dataset<Row> losers) {
    long[] documents = new long[files.size()];
    long[] duplicates = new long[files.size()];
    long[] quarantined = new long[files.size()];
    for (Row row : candidates.groupBy("source_index", "fate").count().collectAsList()) {
      switch (row.getString(1)) {
        case "document" -> documents[row.getInt(0)] = row.getLong(2);
        case "bad" -> quarantined[row.getInt(0)] = row.getLong(2);
        default -> {} // A file that was never meant to be read.
      }
    }

    Dataset<Row> lost = losers.join(candidates.select("row_id", "source_index"), "row_id");
    for (Row row : lost.groupBy("source_index", "reason").count().collectAsList()) {
      documents[row.getInt(0)] -= row.getLong(2);
      (row.getString(1).equals("duplicate-id") ? quarantined : duplicates)[row.getInt(0)] +=
          row.getLong(2);
    }

    List<SourceSample> counted = new ArrayList<>();
    for (int s = 0; s < files.size(); s++) {
      SourceFiles source = files.get(s);
      counted.add(
          new SourceSample(
              source.paths(),
              source.files(),
              source.bytes(),
              source.read(),
              documents[s],
              duplicates[s],
              quarantined[s]));
    }

    return counted;
  }

  private static List<CellSample> cells(
      Dataset<Row> tokens, Dataset<Row> documents, LengthBorders borders) {
    return tokens
        .select("doc_id", "domain", "n_tokens")
        .join(documents.select("doc_id", "source_index"), "doc_id")
        .groupBy(col("source_index"), col("domain"), StratifiedRanks.cell(borders))
        .agg(count(lit(1)), sum("n_tokens"))
        .collectAsList()
        .stream()
        .map(
            row ->
                new CellSample(
                    row.getInt(0),
                    new Cell(row.getString(1), LengthBucket.parse(row.getString(2))),
                    row.getLong(3),
                    row.getLong(4)))
        .toList();
  }

  private static BadInputException noDocument(CorpusSample sample, Dataset<Row> candidates) {
    SortedMap<String, Long> reasons = new TreeMap<>();
    candidates
        .where(col("reason").isNotNull())
        .groupBy("reason")
        .count()
        .collectAsList()
        .forEach(row -> reasons.put(row.getString(0), row.getLong(1)));
    // Without its line, which a sample of pieces does not know.
    Optional<String> first =
        candidates
            .where(col("reason").isNotNull())
            .orderBy("file_index", "line")
            .select(concat_ws(": ", col("file"), col("reason")))
            .limit(1)
            .collectAsList()
            .stream()
            .map(row -> row.getString(0))
            .findFirst();
    long files = sample.sources().stream().mapToLong(SourceSample::files).sum();
    return BadInputException.noDocument(files, reasons, first.orElse(null));
  }

  private static Dataset<Row> hold(List<Dataset<Row>> held, Dataset<Row> rows) {
    held.add(rows.persist(StorageLevel.DISK_ONLY()));
    return rows;
  }
}
