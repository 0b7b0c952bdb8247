package org.longspan.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * The reading of all sources: planned on the driver, where files are listed, and run as one table
 * of candidate rows in which each row's fate is decided, but for duplicates.
 */
public final class Ingestion {
  private final SparkSession spark;
  private final List<Source> sources;
  private final List<List<InputFile>> files;
  private final long maxDocumentBytes;

  private Ingestion(
      SparkSession spark,
      List<Source> sources,
      List<List<InputFile>> files,
      long maxDocumentBytes) {
    this.spark = spark;
    this.sources = sources;
    this.files = files;
    this.maxDocumentBytes = maxDocumentBytes;
  }

  /** A source's specification, and its rows where a program gives them. */
  public record Source(SourceSpec spec, Optional<Dataset<Row>> rows) {
    public static Source files(SourceSpec spec) {
      return new Source(spec, Optional.empty());
    }

    public static Source rows(Dataset<Row> rows, SourceSpec spec) {
      return new Source(spec, Optional.of(rows));
    }
  }

  /**
   * Lists the files of all sources.
   *
   * @param maxDocumentBytes UTF-8 bytes above which a row is no document
   * @throws org.longspan.conf.ConfigurationException with every path that matches no file
   */
  public static Ingestion plan(SparkSession spark, List<Source> sources, long maxDocumentBytes) {
    List<SourceSpec> specs = sources.stream().map(Source::spec).toList();
    List<List<InputFile>> files = InputFiles.of(spark.sessionState().newHadoopConf(), specs);
    return new Ingestion(spark, List.copyOf(sources), files, maxDocumentBytes);
  }

  /** Changes when a file is added, removed, renamed, or has another length or time. */
  public static String fingerprint(SparkSession spark, SourceSpec source) {
    return InputFiles.fingerprint(
        InputFiles.of(spark.sessionState().newHadoopConf(), List.of(source)).get(0));
  }

  /** Number of files. */
  public long files() {
    return files.stream().mapToLong(List::size).sum();
  }

  /** Bytes of all files, as they lie. */
  public long bytes() {
    return files.stream().flatMap(List::stream).mapToLong(InputFile::bytes).sum();
  }

  /**
   * All rows, with the columns of {@link InputRow#SCHEMA}, {@code chars} and {@code sha256} of the
   * text, and {@code row_id}, which tells rows apart but says nothing about their order. The table
   * is to be kept before it is used twice: each use reads the input.
   */
  public Dataset<Row> rows() {
    List<Dataset<Row>> parts = new ArrayList<>();
    int index = 0;
    for (int s = 0; s < sources.size(); s++) {
      Source source = sources.get(s);
      SourceSpec spec = source.spec();
      RowRules rules = new RowRules(maxDocumentBytes, spec.domain());
      if (source.rows().isPresent()) {
        Dataset<Row> rows =
            new TableRows(spark).given(source.rows().get(), s, index, spec.columns(), rules);
        parts.add(finished(rows, spec, spec.columns().repo() != null));
      }

      parts.addAll(fromFiles(files.get(s), spec, rules));
      index += InputFiles.indexes(files.get(s));
    }

    return parts.stream()
        .reduce(Dataset::unionAll)
        .orElseThrow(() -> new IllegalArgumentException("There is no source to ingest."))
        .withColumn("chars", functions.length(functions.col("text")).cast(DataTypes.LongType))
        .withColumn("sha256", functions.sha2(functions.col("text").cast(DataTypes.BinaryType), 256))
        .withColumn("row_id", functions.monotonically_increasing_id());
  }

  private List<Dataset<Row>> fromFiles(List<InputFile> listed, SourceSpec spec, RowRules rules) {
    Function<InputFile, Optional<Format>> format =
        spec.format().equals("auto")
            ? Formats::of
            : file -> Optional.of(Formats.named(spec.format()));
    List<InputFile> unknown = new ArrayList<>();
    Map<String, List<InputFile>> byFormat = new TreeMap<>();
    for (InputFile file : listed) {
      format
          .apply(file)
          .ifPresentOrElse(
              found -> byFormat.computeIfAbsent(found.name(), n -> new ArrayList<>()).add(file),
              () -> unknown.add(file));
    }

    List<Dataset<Row>> parts = new ArrayList<>();
    byFormat.forEach((name, some) -> parts.add(read(Formats.named(name), some, spec, rules)));
    if (!unknown.isEmpty()) {
      List<Row> bad = unknown.stream().map(Ingestion::unknownFormat).collect(Collectors.toList());
      parts.add(spark.createDataFrame(bad, InputRow.SCHEMA));
    }

    return parts;
  }

  private Dataset<Row> read(Format format, List<InputFile> some, SourceSpec spec, RowRules rules) {
    Dataset<Row> rows =
        format == Formats.PARQUET
            ? new TableRows(spark).parquet(some, spec.columns(), rules)
            : new FileScan(spark).rows(some, format, spec.columns(), rules);
    return finished(rows, spec, format.givesRepositories(spec.columns()));
  }

  private static Dataset<Row> finished(Dataset<Row> rows, SourceSpec spec, boolean repositories) {
    Dataset<Row> clean = spec.clean().equals("html") ? HtmlCleaning.clean(rows) : rows;
    return repositories ? RepositoryJoin.join(clean, spec.repositoryCap()) : clean;
  }

  private static Row unknownFormat(InputFile file) {
    return InputRow.bad(
            new Place(file, 0),
            Reason.UNKNOWN_FORMAT,
            "No format goes with this file's name. Set the source's format, or leave the file out"
                + " of its paths.")
        .toRow();
  }
}
