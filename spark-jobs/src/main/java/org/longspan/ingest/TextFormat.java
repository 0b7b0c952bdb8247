package org.longspan.ingest;

import java.io.IOException;
import java.io.InputStream;

/** One document a file. */
final class TextFormat implements Format {
  private static final long serialVersionUID = 1L;

  @Override
  public String name() {
    return "text";
  }

  @Override
  public boolean goesWith(String name) {
    return name.endsWith(".txt") || name.endsWith(".text") || name.endsWith(".md");
  }

  @Override
  public RowSource open(Piece piece, InputStream in, ColumnNames columns, RowRules rules) {
    return document(piece, in, rules);
  }

  static RowSource document(Piece piece, InputStream file, RowRules rules) {
    return new FileRow(file) {
      @Override
      InputRow row(InputStream in) throws IOException {
        Place place = new Place(piece.file(), 0);
        byte[] bytes = in.readNBytes(rules.textBytes());
        return bytes.length == rules.textBytes()
            ? InputRow.bad(place, Reason.TOO_LARGE, Utf8.lenient(bytes, bytes.length))
            : rules.accept(place, bytes, bytes.length);
      }
    };
  }
}
