package org.longspan.action;

import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.longspan.pack.Layout;

/**
 * What a packing task gives back: a row of parts, or one part that found no place in a full row or
 * is given up.
 *
 * @param pile the slice or group that the task laid out; piles sort in the order of the sequences
 * @param number of the row among those of its room in its pile, dense from 0; null for a part
 *     without a row
 * @param room tokens of the sequence, padding counted
 * @param drop why a part is given up; null for all others
 * @param packer the packer that made the row
 * @param relatedness as in {@link org.longspan.pack.Layout.Row}
 */
record PackedRow(
    String pile,
    Integer number,
    String packer,
    double relatedness,
    int room,
    String drop,
    List<DocumentPart> parts) {
  static final StructType SCHEMA =
      new StructType()
          .add("pile", DataTypes.StringType)
          .add("number", DataTypes.IntegerType)
          .add("packer", DataTypes.StringType)
          .add("relatedness", DataTypes.DoubleType)
          .add("room", DataTypes.IntegerType)
          .add("drop", DataTypes.StringType)
          .add("parts", DataTypes.createArrayType(DocumentPart.SCHEMA, false));

  static PackedRow laid(
      String pile, int number, String packer, Layout.Row row, List<DocumentPart> parts) {
    return new PackedRow(pile, number, packer, row.relatedness(), row.room(), null, parts);
  }

  static PackedRow left(String pile, DocumentPart part) {
    return new PackedRow(pile, null, null, 0, 0, null, List.of(part));
  }

  static PackedRow dropped(String pile, String reason, DocumentPart part) {
    return new PackedRow(pile, null, null, 0, 0, reason, List.of(part));
  }

  static PackedRow of(Row row) {
    return new PackedRow(
        row.getString(0),
        row.isNullAt(1) ? null : row.getInt(1),
        row.getString(2),
        row.getDouble(3),
        row.getInt(4),
        row.getString(5),
        row.<Row>getList(6).stream().map(DocumentPart::of).toList());
  }

  Row toRow() {
    return RowFactory.create(
        pile,
        number,
        packer,
        relatedness,
        room,
        drop,
        parts.stream().map(DocumentPart::toRow).toArray(Row[]::new));
  }
}
