package org.longspan.action;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.longspan.stage.Tables;

/**
 * Parquet with the columns of the sequences table, as Hugging Face {@code datasets} loads it:
 * {@code load_dataset("parquet", data_files="export/parquet/*.parquet")}.
 */
final class ParquetExport implements ExportFormat {
  private static final String STAGING = "_staging";

  @Override
  public long write(SequenceFiles sequences) throws IOException {
    Path folder = new Path(sequences.folder());
    Path staging = new Path(folder, STAGING);
    SparkSession spark = sequences.rows().sparkSession();

    // Spark names its files by chance and partition, so they are renamed once all are written.
    sequences
        .inOrder(Tables.SEQUENCES_SCHEMA.names())
        .write()
        .option("compression", "zstd")
        .option("maxRecordsPerFile", 0)
        .partitionBy("file")
        .parquet(staging.toString());

    Configuration configuration = spark.sessionState().newHadoopConf();
    FileSystem files = folder.getFileSystem(configuration);
    String[] paths = new String[sequences.files()];
    for (int file = 0; file < sequences.files(); file++) {
      Path target = new Path(folder, SequenceFiles.name(file) + ".parquet");
      if (!files.rename(onlyFile(files, new Path(staging, "file=" + file)), target)) {
        throw new IOException("The file " + target + " could not be put in its place.");
      }

      paths[file] = target.toString();
    }

    files.delete(staging, true);
    return spark.read().parquet(paths).count();
  }

  private static Path onlyFile(FileSystem files, Path folder) throws IOException {
    Path[] found =
        Stream.of(files.listStatus(folder))
            .filter(FileStatus::isFile)
            .map(FileStatus::getPath)
            .filter(path -> path.getName().endsWith(".parquet"))
            .toArray(Path[]::new);
    if (found.length != 1) {
      throw new FileNotFoundException(
          "There should be one file in %s but there are %s; are the sequence ids dense from 0?"
              .formatted(folder, Arrays.toString(found)));
    }

    return found[0];
  }
}
