package org.longspan.action;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.longspan.format.TokenType;
import scala.Tuple2;

/**
 * Megatron-LM's IndexedDataset, {@code longspan-00000.bin} with {@code longspan-00000.idx}: one
 * sequence of exactly L tokens a row, so that the trainer's windows of L stay aligned with ours.
 */
final class MegatronExport implements ExportFormat {
  @Override
  public long write(SequenceFiles sequences) {
    SparkSession spark = sequences.rows().sparkSession();
    Dataset<Tuple2<Integer, int[]>> rows =
        sequences
            .inOrder("sequence_id", "input_ids")
            .select("file", "input_ids")
            .as(Encoders.tuple(Encoders.INT(), spark.implicits().newIntArrayEncoder()));
    WriteFiles writeFiles =
        new WriteFiles(
            sequences.folder(),
            TokenType.forVocabulary(sequences.vocabularySize()),
            new SerializableConfiguration(spark.sessionState().newHadoopConf()));

    return rows.mapPartitions(writeFiles, Encoders.LONG()).collectAsList().stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  /**
   * Writes the files of a partition one after the other, and gives back its number of sequences.
   */
  private record WriteFiles(String folder, TokenType type, SerializableConfiguration configuration)
      implements MapPartitionsFunction<Tuple2<Integer, int[]>, Long> {
    @Override
    public Iterator<Long> call(Iterator<Tuple2<Integer, int[]>> rows) throws IOException {
      Path path = new Path(folder);
      FileSystem files = path.getFileSystem(configuration.value());
      files.mkdirs(path);

      long written = 0;
      Tuple2<Integer, int[]> row = next(rows);
      while (row != null) {
        int file = row._1();
        try (PendingMegatronFile pending =
            new PendingMegatronFile(files, path, SequenceFiles.name(file), type)) {
          for (; row != null && row._1() == file; row = next(rows)) {
            pending.add(row._2());
            written++;
          }

          pending.commit();
        }
      }

      return List.of(written).iterator();
    }

    private static Tuple2<Integer, int[]> next(Iterator<Tuple2<Integer, int[]>> rows) {
      return rows.hasNext() ? rows.next() : null;
    }
  }
}
