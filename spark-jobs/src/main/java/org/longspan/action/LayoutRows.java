package org.longspan.action;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.longspan.stage.Tables;

/** From packed rows to rows of the sequences table that still lack their tokens. */
final class LayoutRows implements MapFunction<Row, Row> {
  private static final long serialVersionUID = 1;

  static final StructType SCHEMA =
      new StructType(
          Arrays.stream(Tables.SEQUENCES_SCHEMA.fields())
              .filter(field -> !field.name().equals("input_ids"))
              .toArray(StructField[]::new));

  private final Map<PileOfRoom, Long> firstIds;

  /**
   * @param firstIds sequence_id of the first row of each pile and room
   */
  LayoutRows(Map<PileOfRoom, Long> firstIds) {
    this.firstIds = Map.copyOf(firstIds);
  }

  @Override
  public Row call(Row row) {
    PackedRow packed = PackedRow.of(row);
    SequenceShape shape = SequenceShape.of(packed.parts(), packed.room());

    return RowFactory.create(
        firstIds.get(new PileOfRoom(packed.room(), packed.pile())) + packed.number(),
        shape.spans().stream().map(LayoutRows::spanRow).toArray(Row[]::new),
        integers(shape.seqLengths()),
        null,
        shape.lossRuns() == null ? null : integers(shape.lossRuns()),
        packed.relatedness(),
        packed.packer(),
        shape.domains().toArray(new String[0]));
  }

  private static Row spanRow(SequenceShape.Span span) {
    return RowFactory.create(span.docId(), span.copy(), span.start(), span.end(), span.role());
  }

  private static Integer[] integers(List<Integer> values) {
    return values.toArray(new Integer[0]);
  }
}
