package org.longspan.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Reads files in tasks. Uncompressed files of lines are cut into pieces of 128 MiB; a first pass
 * counts the newlines of each, so that every line keeps its number. All other files, compressed
 * ones among them, are read by one task each, so a source of few huge .gz files has few tasks.
 * Memory of a task: its longest row.
 */
final class FileScan {
  private static final long PIECE_BYTES = 128L << 20;

  private final SparkSession spark;
  private final long pieceBytes;

  FileScan(SparkSession spark) {
    this(spark, PIECE_BYTES);
  }

  FileScan(SparkSession spark, long pieceBytes) {
    this.spark = spark;
    this.pieceBytes = pieceBytes;
  }

  /** The rows of files of one format, with the columns of {@link InputRow#SCHEMA}. */
  Dataset<Row> rows(List<InputFile> files, Format format, ColumnNames columns, RowRules rules) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Broadcast<SerializableConfiguration> hadoop = hadoop(context);
    List<Piece> pieces = numbered(context, hadoop, Pieces.of(files, format, pieceBytes));
    return rows(context, hadoop, pieces, format, columns, rules);
  }

  /** The rows that begin in pieces, which know the lines before them. */
  Dataset<Row> rowsOf(List<Piece> pieces, Format format, ColumnNames columns, RowRules rules) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    return rows(context, hadoop(context), pieces, format, columns, rules);
  }

  private Broadcast<SerializableConfiguration> hadoop(JavaSparkContext context) {
    return context.broadcast(new SerializableConfiguration(spark.sessionState().newHadoopConf()));
  }

  private Dataset<Row> rows(
      JavaSparkContext context,
      Broadcast<SerializableConfiguration> hadoop,
      List<Piece> pieces,
      Format format,
      ColumnNames columns,
      RowRules rules) {
    List<List<Piece>> tasks = Pieces.tasks(pieces, spark.sparkContext().defaultParallelism());
    JavaRDD<Row> rows =
        context
            .parallelize(tasks, Math.max(1, tasks.size()))
            .mapPartitions(
                work -> read(hadoop.value().value(), flat(work), format, columns, rules));
    return spark.createDataFrame(rows, InputRow.SCHEMA);
  }

  private static Iterator<Row> read(
      Configuration hadoop,
      List<Piece> pieces,
      Format format,
      ColumnNames columns,
      RowRules rules) {
    FileRows rows = new FileRows(hadoop, pieces, format, columns, rules);
    TaskCompletionListener closing = task -> rows.close();
    TaskContext.get().addTaskCompletionListener(closing);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public Row next() {
        return rows.next().toRow();
      }
    };
  }

  /** Gives pieces of cut files the number of newlines before them. */
  private static List<Piece> numbered(
      JavaSparkContext context, Broadcast<SerializableConfiguration> hadoop, List<Piece> pieces) {
    List<Piece> cut = new ArrayList<>(pieces);
    cut.removeIf(Piece::isWhole);
    if (cut.isEmpty()) {
      return pieces;
    }

    Iterator<Long> counts =
        context
            .parallelize(cut, cut.size())
            .map(piece -> newlines(hadoop.value().value(), piece))
            .collect()
            .iterator();
    List<Piece> numbered = new ArrayList<>();
    long before = 0;
    for (Piece piece : pieces) {
      before = piece.start() == 0 ? 0 : before;
      numbered.add(piece.isWhole() ? piece : piece.after(before));
      before += piece.isWhole() ? 0 : counts.next();
    }

    return numbered;
  }

  private static long newlines(Configuration hadoop, Piece piece) throws IOException {
    byte[] buffer = new byte[1 << 16];
    long newlines = 0;
    long left = piece.end() - piece.start();
    try (InputStream in = Opened.at(hadoop, piece.file(), piece.start())) {
      while (left > 0) {
        int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (read < 0) {
          break;
        }

        for (int i = 0; i < read; i++) {
          newlines += buffer[i] == '\n' ? 1 : 0;
        }

        left -= read;
      }
    }

    return newlines;
  }

  private static List<Piece> flat(Iterator<List<Piece>> work) {
    List<Piece> pieces = new ArrayList<>();
    work.forEachRemaining(pieces::addAll);
    return pieces;
  }
}
