package org.longspan.action;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.longspan.format.TokenType;
import org.longspan.run.Balance;
import org.longspan.run.Counts;
import org.longspan.stage.StageFailedException;

/**
 * Writes sequences in the formats that trainers read, each into a folder of its own. The number of
 * sequences in a file and the order in it come from sequence_id alone. Where sequences have several
 * lengths, as those of Dataset Decomposition have, each length has a folder {@code length-N} below
 * the format's: a trainer reads windows of one length.
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

    List<SequencesOfLength> lengths = measure();
    SortedMap<String, String> folders = new TreeMap<>();
    for (String format : formats) {
      String folder = path + "/" + format;
      for (SequencesOfLength length : lengths) {
        String own = lengths.size() == 1 ? folder : folder + "/length-" + length.tokens();
        long written = write(format, length, own);
        if (written != length.count()) {
          throw new StageFailedException(
              "The %s export holds %d sequences of %d tokens, but the sequences table has %d."
                  .formatted(format, written, length.tokens(), length.count()));
        }
      }

      folders.put(format, folder);
    }

    Counts all =
        lengths.stream()
            .map(length -> new Counts(length.copies(), length.count() * length.tokens()))
            .reduce(Counts.NONE, Counts::plus);
    return new ExportResult(
        folders, Balance.unchanged(all), Duration.between(began, Instant.now()));
  }

  private List<SequencesOfLength> measure() {
    try (JobDescription named = new JobDescription(spark, "Export: measure the sequences")) {
      return SequencesOfLength.of(sequences);
    }
  }

  private long write(String format, SequencesOfLength length, String folder) {
    SequenceFiles files = SequenceFiles.of(sequences, length, fileTokens, folder, vocabularySize);
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
}
