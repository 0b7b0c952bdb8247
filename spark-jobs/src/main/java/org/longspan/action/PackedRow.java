package org.longspan.action;

import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What a packing task gives back: a row of parts, or one part that found no place in a full row.
 *
 * @param pile the slice or group that the task laid out; piles sort in the order of the sequences
 * @param number of the row in its pile, dense from 0; null for a part that is left
 * @param packer the packer that made the row
 * @param relatedness as in {@link org.longspan.pack.Layout.Row}
 */
record PackedRow(
    String pile, Integer number, String packer, double relatedness, List<DocumentPart> parts) {
  static final StructType SCHEMA =
      new StructType()
          .add("pile", DataTypes.StringType)
          .add("number", DataTypes.IntegerType)
          .add("packer", DataTypes.StringType)
          .add("relatedness", DataTypes.DoubleType)
          .add("parts", DataTypes.createArrayType(DocumentPart.SCHEMA, false));

  static PackedRow left(String pile, DocumentPart part) {
    return new PackedRow(pile, null, null, 0, List.of(part));
  }

  static PackedRow of(Row row) {
    return new PackedRow(
        row.getString(0),
        row.isNullAt(1) ? null : row.getInt(1),
        row.getString(2),
        row.getDouble(3),
        row.<Row>getList(4).stream().map(DocumentPart::of).toList());
  }

  Row toRow() {
    return RowFactory.create(
        pile,
        number,
        packer,
        relatedness,
        parts.stream().map(DocumentPart::toRow).toArray(Row[]::new));
  }
}
