package org.longspan.action;

import java.io.IOException;
import java.util.Iterator;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.longspan.retrieve.Edge;
import org.longspan.shard.ShardFiles;

/**
 * The edges of a slice as a Parquet file with the columns of {@code edges}.
 *
 * @param edges read once
 * @param retriever the name of what found them
 */
record EdgeRows(Iterator<Edge> edges, String retriever) implements ShardFiles.Content {
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

  @Override
  public void write(Path file, Configuration hadoop) throws IOException {
    MessageType schema = MessageTypeParser.parseMessageType(SCHEMA);
    SimpleGroupFactory rows = new SimpleGroupFactory(schema);

    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(HadoopOutputFile.fromPath(file, hadoop))
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
      }
    }
  }
}
