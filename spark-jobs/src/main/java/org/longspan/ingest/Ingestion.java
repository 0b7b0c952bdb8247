package org.longspan.ingest;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Column;
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

  /** The pieces that are read of each source; null: all files. */
  private final List<List<Piece>> drawn;

  private Ingestion(
      SparkSession spark,
      List<Source> sources,
      List<List<InputFile>> files,
      long maxDocumentBytes,
      List<List<Piece>> drawn) {
    this.spark = spark;
    this.sources = sources;
    this.files = files;
    this.maxDocumentBytes = maxDocumentBytes;
    this.drawn = drawn;
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
    return new Ingestion(spark, List.copyOf(sources), files, maxDocumentBytes, null);
  }

  /**
   * The same sources, of which only a part is read: see {@link SampleDraw}. Rows keep their files
   * and order, but not always the numbers of their lines.
   *
   * @param bytes of text to read in all, about, at least 1; a unit of each source is always read
   */
  public Ingestion sample(long bytes, long seed) {
    long[] sizes = files.stream().mapToLong(SampleDraw::textBytes).toArray();
    long[] shares = SampleDraw.shares(sizes, bytes);
    List<List<Piece>> pieces = new ArrayList<>();
    for (int s = 0; s < sources.size(); s++) {
      SourceSpec spec = sources.get(s).spec();
      pieces.add(SampleDraw.of(files.get(s), file -> cut(spec, file), shares[s], seed));
    }

    return new Ingestion(spark, sources, files, maxDocumentBytes, pieces);
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

  /** The files of each source, and how much of them is read. */
  public List<SourceFiles> sourceFiles() {
    Configuration hadoop = spark.sessionState().newHadoopConf();
    List<SourceFiles> all = new ArrayList<>();
    for (int s = 0; s < sources.size(); s++) {
      long bytes = files.get(s).stream().mapToLong(InputFile::bytes).sum();
      long read =
          drawn == null
              ? bytes
              : drawn.get(s).stream().mapToLong(piece -> storedBytes(hadoop, piece)).sum();
      String paths = String.join(", ", sources.get(s).spec().paths());
      all.add(new SourceFiles(paths, files.get(s).size(), bytes, read));
    }

    return all;
  }

  /** The place of a row's source among the sources, from 0; of rows with {@code file_index}. */
  public Column source() {
    Column source = functions.lit(0);
    int first = 0;
    for (int s = 1; s < sources.size(); s++) {
      first += InputFiles.indexes(files.get(s - 1));
      source = source.plus(functions.when(functions.col("file_index").geq(first), 1).otherwise(0));
    }

    return source;
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

      parts.addAll(fromFiles(s, spec, rules));
      index += InputFiles.indexes(files.get(s));
    }

    return parts.stream()
        .reduce(Dataset::unionAll)
        .orElseThrow(() -> new IllegalArgumentException("There is no source to ingest."))
        .withColumn("chars", functions.length(functions.col("text")).cast(DataTypes.LongType))
        .withColumn("sha256", functions.sha2(functions.col("text").cast(DataTypes.BinaryType), 256))
        .withColumn("row_id", functions.monotonically_increasing_id());
  }

  private List<Dataset<Row>> fromFiles(int source, SourceSpec spec, RowRules rules) {
    List<InputFile> unknown = new ArrayList<>();
    Map<String, List<InputFile>> byFormat = new TreeMap<>();
    for (InputFile file : filesRead(source)) {
      Formats.of(spec, file)
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
            : scanned(format, some, spec, rules);
    return finished(rows, spec, format.givesRepositories(spec.columns()));
  }

  private Dataset<Row> scanned(
      Format format, List<InputFile> some, SourceSpec spec, RowRules rules) {
    FileScan scan = new FileScan(spark);
    if (drawn == null) {
      return scan.rows(some, format, spec.columns(), rules);
    }

    Set<InputFile> wanted = new HashSet<>(some);
    List<Piece> pieces =
        drawn.stream()
            .flatMap(List::stream)
            .filter(piece -> wanted.contains(piece.file()))
            .toList();
    return scan.rowsOf(pieces, format, spec.columns(), rules);
  }

  private List<InputFile> filesRead(int source) {
    return drawn == null
        ? files.get(source)
        : drawn.get(source).stream().map(Piece::file).distinct().toList();
  }

  private static SampleDraw.Cut cut(SourceSpec spec, InputFile file) {
    Optional<Format> format = Formats.of(spec, file);
    if (format.isEmpty() || !format.get().splits()) {
      return spec.format().equals("repository")
          ? SampleDraw.Cut.NOWHERE_IN_ITS_FOLDER
          : SampleDraw.Cut.NOWHERE;
    }

    // Rows of a repository are likely to stand together.
    return Opened.isCompressed(file.name()) || format.get().givesRepositories(spec.columns())
        ? SampleDraw.Cut.FROM_THE_START
        : SampleDraw.Cut.ANYWHERE;
  }

  private static long storedBytes(Configuration hadoop, Piece piece) {
    if (piece.isWhole()) {
      return piece.file().bytes();
    }

    return piece.start() > 0
        ? piece.end() - piece.start()
        : Opened.storedBytes(hadoop, piece.file(), piece.end());
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
