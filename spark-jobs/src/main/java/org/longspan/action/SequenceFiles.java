package org.longspan.action;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * Sequences on their way into numbered files. Which file a sequence goes to is decided by its
 * sequence_id, so that the files are the same however the table happens to be partitioned.
 *
 * @param rows the sequences table and {@code file}, the number of the sequence's file
 * @param files number of files
 * @param folder Hadoop path of the format's own folder, empty
 * @param vocabularySize number of token ids
 */
record SequenceFiles(Dataset<Row> rows, int files, String folder, int vocabularySize) {
  /**
   * @param sequences the sequences table
   * @param length which of them
   * @param fileTokens tokens of a file, at most, unless one sequence has more
   */
  static SequenceFiles of(
      Dataset<Row> sequences,
      SequencesOfLength length,
      long fileTokens,
      String folder,
      int vocabularySize) {
    long aFile = Math.max(1, fileTokens / length.tokens());
    Column number = col("sequence_id").minus(length.first());

    return new SequenceFiles(
        length
            .rows(sequences)
            .withColumn("file", floor(number.divide(lit(aFile))).cast(DataTypes.IntegerType)),
        Math.toIntExact((length.count() + aFile - 1) / aFile),
        folder,
        vocabularySize);
  }

  /** These columns of the rows, each file's in one partition and in order of sequence_id. */
  Dataset<Row> inOrder(String... columns) {
    Dataset<Row> chosen = rows.select("file", columns);
    return chosen.repartition(files, col("file")).sortWithinPartitions("file", "sequence_id");
  }

  /** The name of a file without its ending. */
  static String name(int file) {
    return "longspan-%05d".formatted(file);
  }
}
