package org.longspan.ingest;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A row as it leaves its reader.
 *
 * @param fields null unless the fate is a document
 * @param reason null where the fate is a document
 * @param raw the beginning of what stood there, or a sentence about it; null for documents
 */
record InputRow(Place place, Fate fate, Fields fields, Reason reason, String raw)
    implements Serializable {
  /** Columns of {@link #toRow}: one table for all fates, so that the input is read once. */
  static final StructType SCHEMA =
      new StructType()
          .add("file_index", DataTypes.IntegerType)
          .add("line", DataTypes.LongType)
          .add("part", DataTypes.IntegerType)
          .add("file", DataTypes.StringType)
          .add("source", DataTypes.StringType)
          .add("doc_id", DataTypes.StringType)
          .add("domain", DataTypes.StringType)
          .add("repo", DataTypes.StringType)
          .add("repository_key", DataTypes.StringType)
          .add("path", DataTypes.StringType)
          .add("meta", DataTypes.StringType)
          .add("text", DataTypes.StringType)
          .add("fate", DataTypes.StringType)
          .add("reason", DataTypes.StringType)
          .add("raw", DataTypes.StringType);

  static final int RAW_CHARACTERS = 1_000;

  static InputRow document(Place place, Fields fields) {
    return new InputRow(place, Fate.DOCUMENT, fields, null, null);
  }

  static InputRow bad(Place place, Reason reason, String raw) {
    return new InputRow(place, Fate.BAD, null, reason, cut(raw));
  }

  /** A file inside an archive or a folder that is passed over, with a sentence that says why. */
  static InputRow skipped(Place place, Reason reason, String path, String why) {
    return new InputRow(place, Fate.SKIPPED, Fields.text(null, path), reason, why);
  }

  /** The row, with meta as a JSON object in key order. */
  Row toRow() {
    Fields known = fields == null ? Fields.text(null, null) : fields;
    return RowFactory.create(
        place.file().index(),
        place.line(),
        0,
        place.file().path(),
        place.file().name(),
        known.id(),
        known.domain(),
        known.repo(),
        known.repositoryKey(),
        known.path(),
        meta(known.meta()),
        known.text(),
        fate.label(),
        reason == null ? null : reason.label(),
        raw);
  }

  /** The first 1,000 characters, with NUL made visible. */
  static String cut(String raw) {
    if (raw == null) {
      return null;
    }

    int end = raw.length() > RAW_CHARACTERS ? RAW_CHARACTERS : raw.length();
    if (end < raw.length() && Character.isHighSurrogate(raw.charAt(end - 1))) {
      end--;
    }

    return raw.substring(0, end).replace('\0', '\u2400');
  }

  private static String meta(Map<String, String> meta) {
    return Json.object(new TreeMap<>(meta));
  }
}
