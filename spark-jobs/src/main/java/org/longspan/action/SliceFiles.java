package org.longspan.action;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.BitSet;
import java.util.Iterator;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.spark.util.SerializableConfiguration;
import org.longspan.retrieve.Edge;

/**
 * The edges of finished slices, one Parquet file a slice with the columns of {@code edges}. A file
 * is written under another name and then renamed, so that it is there whole or not at all, and a
 * second attempt of the same task does no harm.
 */
final class SliceFiles implements Serializable {
  private static final long serialVersionUID = 1L;

  /** {@link org.longspan.stage.Tables#EDGES_SCHEMA} in Parquet's words. */
  private static final String SCHEMA =
      """
      message edges {
        required binary doc_id (STRING);
        required binary neighbour_id (STRING);
        required int32 rank;
        required double similarity;
        required binary retriever (STRING);
      }
      """;

  private final String directory;
  private final SerializableConfiguration configuration;

  SliceFiles(String workPath, Configuration configuration) {
    this.directory = new Path(workPath, "slices").toString();
    this.configuration = new SerializableConfiguration(configuration);
  }

  /** Where the files lie; made if it is not there. */
  String directory() {
    try {
      fileSystem().mkdirs(new Path(directory));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }

    return directory;
  }

  /** The numbers of the slices that are finished. */
  BitSet finished(int slices) {
    BitSet finished = new BitSet(slices);
    try {
      for (FileStatus file : fileSystem().listStatus(new Path(directory()))) {
        String name = file.getPath().getName();
        if (name.matches("slice-\\d+\\.parquet")) {
          finished.set(Integer.parseInt(name.substring("slice-".length(), name.indexOf('.'))));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }

    return finished;
  }

  /** Commits a slice; gives back how many edges it has. */
  long write(int slice, Iterator<Edge> edges, String retriever) throws IOException {
    Path unfinished = new Path(directory, "_slice-%d-%s".formatted(slice, UUID.randomUUID()));
    long count = writeRows(unfinished, edges, retriever);

    Path finished = new Path(directory, "slice-%05d.parquet".formatted(slice));
    FileSystem fileSystem = fileSystem();
    if (!fileSystem.rename(unfinished, finished)) {
      fileSystem.delete(unfinished, false);
      if (!fileSystem.exists(finished)) {
        throw new IOException("The edges of a slice could not be renamed to " + finished + ".");
      }
    }

    return count;
  }

  private long writeRows(Path path, Iterator<Edge> edges, String retriever) throws IOException {
    MessageType schema = MessageTypeParser.parseMessageType(SCHEMA);
    SimpleGroupFactory rows = new SimpleGroupFactory(schema);
    long count = 0;
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(HadoopOutputFile.fromPath(path, configuration.value()))
            .withType(schema)
            .withCompressionCodec(CompressionCodecName.SNAPPY)
            .build()) {
      while (edges.hasNext()) {
        Edge edge = edges.next();
        writer.write(
            rows.newGroup()
                .append("doc_id", edge.id())
                .append("neighbour_id", edge.neighbourId())
                .append("rank", edge.rank())
                .append("similarity", edge.similarity())
                .append("retriever", retriever));
        count++;
      }
    }

    return count;
  }

  private FileSystem fileSystem() throws IOException {
    return new Path(directory).getFileSystem(configuration.value());
  }
}
