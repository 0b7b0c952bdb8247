package org.longspan.action;

import java.util.Comparator;
import java.util.Locale;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.longspan.pack.Item;
import org.longspan.seed.Seeded;

/**
 * A part of one copy of a document, by name: what an {@link Item} is once it leaves its slice.
 *
 * @param tokens of the copy, its separator not counted: n_tokens, or fewer where the copy is cut
 * @param start first token, inclusive
 * @param end last token, exclusive; {@code tokens + 1} where the part carries the separator
 * @param role as in the sequences table: {@code body} or {@code negative}
 */
record DocumentPart(
    String docId, String domain, int tokens, int copy, int start, int end, String role) {
  static final StructType SCHEMA =
      new StructType()
          .add("doc_id", DataTypes.StringType)
          .add("domain", DataTypes.StringType)
          .add("tokens", DataTypes.IntegerType)
          .add("copy", DataTypes.IntegerType)
          .add("start", DataTypes.IntegerType)
          .add("end", DataTypes.IntegerType)
          .add("role", DataTypes.StringType);

  static final Comparator<DocumentPart> ORDER =
      Comparator.comparing(DocumentPart::docId)
          .thenComparingInt(DocumentPart::copy)
          .thenComparingInt(DocumentPart::start);

  static DocumentPart of(Row row) {
    return new DocumentPart(
        row.getString(0),
        row.getString(1),
        row.getInt(2),
        row.getInt(3),
        row.getInt(4),
        row.getInt(5),
        row.getString(6));
  }

  /** An item of a copy of so many tokens. */
  static DocumentPart of(Item item, String docId, String domain, int tokens) {
    String role = item.role().name().toLowerCase(Locale.ROOT);
    return new DocumentPart(docId, domain, tokens, item.copy(), item.start(), item.end(), role);
  }

  int length() {
    return end - start;
  }

  /** Where its own tokens end, without a separator. */
  int bodyEnd() {
    return Math.min(end, tokens);
  }

  /** As the packers know it. */
  Item item(int document) {
    return new Item(document, copy, start, end, Item.Role.valueOf(role.toUpperCase(Locale.ROOT)));
  }

  /** Which of so many groups of leftovers it goes to: by chance, whatever its domain. */
  int group(long seed, long groups) {
    long part = ((long) copy << Integer.SIZE) | start;
    return (int) Seeded.index(Seeded.hash(seed, "pack leftovers", docId, part), groups);
  }

  boolean isOfDocument(DocumentPart other) {
    return docId.equals(other.docId);
  }

  /** The part of the same copy that an item names. */
  DocumentPart as(Item item) {
    return of(item, docId, domain, tokens);
  }

  Row toRow() {
    return RowFactory.create(docId, domain, tokens, copy, start, end, role);
  }
}
