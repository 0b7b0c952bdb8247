package org.longspan.ingest;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;

/**
 * Joins rows of the same repository, in the byte order of their paths, into documents called {@code
 * <repo>-<key>#1}, {@code #2} and so on, with the domain, place and meta of the repository's first
 * row. Rows without a repository pass. This shuffles and sorts the text of a source, once; a task
 * holds one document and one file.
 */
final class RepositoryJoin {
  private static final int LINE = InputRow.SCHEMA.fieldIndex("line");
  private static final int PART = InputRow.SCHEMA.fieldIndex("part");
  private static final int SOURCE = InputRow.SCHEMA.fieldIndex("source");
  private static final int DOC_ID = InputRow.SCHEMA.fieldIndex("doc_id");
  private static final int REPO = InputRow.SCHEMA.fieldIndex("repo");
  private static final int KEY = InputRow.SCHEMA.fieldIndex("repository_key");
  private static final int PATH = InputRow.SCHEMA.fieldIndex("path");
  private static final int TEXT = InputRow.SCHEMA.fieldIndex("text");
  private static final int FATE = InputRow.SCHEMA.fieldIndex("fate");

  private RepositoryJoin() {}

  /** Joins rows with the columns of {@link InputRow#SCHEMA}. */
  static Dataset<Row> join(Dataset<Row> rows, long cap) {
    Column together =
        functions.coalesce(
            functions.col("repository_key"),
            functions.concat_ws(":", functions.col("file_index"), functions.col("line")));
    MapPartitionsFunction<Row, Row> joining = part -> new Joined(part, cap);
    return rows.repartition(together)
        .sortWithinPartitions(
            functions.col("repository_key"),
            functions.col("path"),
            functions.col("file_index"),
            functions.col("line"))
        .mapPartitions(joining, Encoders.row(InputRow.SCHEMA));
  }

  private static final class Joined implements Iterator<Row> {
    private final Iterator<Row> rows;
    private final long cap;
    private final Queue<Row> ready = new ArrayDeque<>();
    private Row first;
    private RepositoryText text;
    private int parts;

    Joined(Iterator<Row> rows, long cap) {
      this.rows = rows;
      this.cap = cap;
    }

    @Override
    public boolean hasNext() {
      while (ready.isEmpty() && rows.hasNext()) {
        take(rows.next());
      }

      if (ready.isEmpty()) {
        finish();
      }

      return !ready.isEmpty();
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }

      return ready.remove();
    }

    private void take(Row row) {
      if (row.isNullAt(KEY) || !row.getString(FATE).equals(Fate.DOCUMENT.label())) {
        ready.add(row);
        return;
      }

      if (first == null || !first.getString(KEY).equals(row.getString(KEY))) {
        finish();
        first = row;
        text = new RepositoryText(cap);
        parts = 0;
      }

      String path = row.getString(PATH);
      String shown = path == null ? row.getString(SOURCE) + ":" + row.getLong(LINE) : path;
      text.add(shown, row.getString(TEXT)).forEach(this::document);
    }

    private void finish() {
      if (first != null) {
        text.finish().ifPresent(this::document);
        first = null;
      }
    }

    private void document(String joined) {
      parts++;
      Object[] values = new Object[first.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = first.get(i);
      }

      values[PART] = parts;
      values[DOC_ID] = first.getString(REPO) + "-" + first.getString(KEY) + "#" + parts;
      values[PATH] = null;
      values[TEXT] = joined;
      ready.add(RowFactory.create(values));
    }
  }
}
