package org.longspan.action;

import static org.apache.spark.sql.functions.aggregate;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.longspan.format.TokenType;
import org.longspan.run.Balance;
import org.longspan.run.Counts;
import org.longspan.stage.StageFailedException;

/**
 * Writes sequences in the formats that trainers read, each into a folder of its own. The number of
 * sequences in a file and the order in it come from sequence_id alone.
 */
public final class ExportAction {
  private final SparkSession spark;
  private final Dataset<Row> sequences;

  private List<String> formats = List.of("parquet");
  private int vocabularySize;
  private long fileTokens = 1L << 27;
  private String path;

  private ExportAction(SparkSession spark, Dataset<Row> sequences) {
    this.spark = spark;
    this.sequences = sequences;
  }

  /** Exports a sequences table, with columns as in {@link org.longspan.stage.Tables}. */
  public static ExportAction on(SparkSession spark, Dataset<Row> sequences) {
    return new ExportAction(spark, sequences);
  }

  /** The formats by name: {@code parquet} (the default), {@code megatron}. */
  public ExportAction formats(List<String> names) {
    this.formats = List.copyOf(new LinkedHashSet<>(names));
    return this;
  }

  /** The number of token ids of the tokenizer, which decides how many bytes a token takes. */
  public ExportAction vocabularySize(int tokenIds) {
    this.vocabularySize = tokenIds;
    return this;
  }

  /** Tokens of a file, at most, unless one sequence has more; 134,217,728 by default. */
  public ExportAction fileTokens(long tokens) {
    this.fileTokens = tokens;
    return this;
  }

  /** An empty Hadoop folder; every format gets a folder in it. */
  public ExportAction into(String folder) {
    this.path = folder;
    return this;
  }

  /**
   * Writes all formats.
   *
   * @throws StageFailedException where there are no sequences, a format is unknown, or a token does
   *     not fit its format
   */
  public ExportResult execute() {
    Instant began = Instant.now();
    try {
      TokenType.forVocabulary(vocabularySize);
      formats.forEach(ExportFormats::named);
    } catch (IllegalArgumentException e) {
      throw new StageFailedException(e.getMessage(), e);
    }

    Contents contents = measure();
    SortedMap<String, String> folders = new TreeMap<>();
    for (String format : formats) {
      String folder = path + "/" + format;
      long written = write(format, contents, folder);
      if (written != contents.sequences()) {
        throw new StageFailedException(
            "The %s export holds %d sequences, but the sequences table has %d."
                .formatted(format, written, contents.sequences()));
      }

      folders.put(format, folder);
    }

    return new ExportResult(
        folders,
        Balance.unchanged(new Counts(contents.copies(), contents.tokens())),
        Duration.between(began, Instant.now()));
  }

  private Contents measure() {
    try (JobDescription named = new JobDescription(spark, "Export: measure the sequences")) {
      return Contents.of(sequences);
    }
  }

  private long write(String format, Contents contents, String folder) {
    SequenceFiles files =
        SequenceFiles.of(
            sequences,
            contents.sequences(),
            contents.sequenceLength(),
            fileTokens,
            folder,
            vocabularySize);
    try (JobDescription named = new JobDescription(spark, "Export: write sequences as " + format)) {
      return ExportFormats.named(format).write(files);
    } catch (Exception e) {
      throw new StageFailedException(
          "The sequences could not be exported as %s: %s".formatted(format, rootCause(e)), e);
    }
  }

  private static String rootCause(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }

    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }

  /** What the sequences table holds, from its spans. */
  private record Contents(long sequences, int sequenceLength, long copies, long tokens) {
    static Contents of(Dataset<Row> table) {
      Column length =
          aggregate(
              col("spans"),
              lit(0),
              (sum, span) -> sum.plus(span.getField("end")).minus(span.getField("start")));
      Row row =
          table
              .select(col("sequence_id"), length.as("length"), SpanColumns.copies().as("copies"))
              .agg(
                  count(lit(1)),
                  coalesce(min("sequence_id"), lit(0L)),
                  coalesce(max("sequence_id"), lit(-1L)),
                  coalesce(min("length"), lit(0)),
                  coalesce(max("length"), lit(0)),
                  coalesce(sum("copies"), lit(0L)))
              .first();
      long sequences = row.getLong(0);
      if (sequences == 0) {
        throw new StageFailedException(
            "There is nothing to export: the sequences table is empty. Run pack before export.");
      }

      if (row.getLong(1) != 0 || row.getLong(2) != sequences - 1) {
        throw new StageFailedException(
            "The ids of %d sequences must run from 0 to %d, but they run from %d to %d; export the table as pack wrote it."
                .formatted(sequences, sequences - 1, row.getLong(1), row.getLong(2)));
      }

      if (row.getInt(3) != row.getInt(4)) {
        throw new StageFailedException(
            "All sequences must have the same number of tokens, but they have from %d to %d; export the table as pack wrote it."
                .formatted(row.getInt(3), row.getInt(4)));
      }

      return new Contents(sequences, row.getInt(4), row.getLong(5), sequences * row.getInt(4));
    }
  }
}
