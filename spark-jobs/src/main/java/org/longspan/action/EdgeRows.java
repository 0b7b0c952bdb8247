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
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.longspan.retrieve.Edge;
import org.longspan.shard.ShardFiles;
import org.longspan.stage.Tables;

/**
 * The edges of a slice as a Parquet file with the columns of {@link #SLICE_SCHEMA}.
 *
 * @param edges read once
 * @param retriever the name of what found them
 */
record EdgeRows(Iterator<Edge> edges, String retriever) implements ShardFiles.Content {
  /** What the search in a slice gives: {@code edges}, and among them what is not to be used. */
  static final StructType SLICE_SCHEMA =
      Tables.EDGES_SCHEMA.add("near_duplicate", DataTypes.BooleanType, false);

  /** {@link #SLICE_SCHEMA} in Parquet's words. */
  private static final String SCHEMA =
      """
      message edges {
        required binary doc_id (STRING);
        required binary neighbour_id (STRING);
        required int32 rank;
        required double similarity;
        required binary retriever (STRING);
        required boolean near_duplicate;
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
                .append("retriever", retriever)
                .append("near_duplicate", edge.nearDuplicate()));
      }
    }
  }
}
