package org.longspan.ingest;

import java.io.IOException;
import java.io.InputStream;

/** One document a line; blank lines are none. No file name stands for it: it has to be named. */
final class LinesFormat implements Format {
  private static final long serialVersionUID = 1L;

  @Override
  public String name() {
    return "lines";
  }

  @Override
  public boolean goesWith(String name) {
    return false;
  }

  @Override
  public boolean splits() {
    return true;
  }

  @Override
  public RowSource open(Piece piece, InputStream in, ColumnNames columns, RowRules rules)
      throws IOException {
    int limit = rules.textBytes();
    return new LineRows(piece, Lines.of(piece, in, limit)) {
      @Override
      InputRow row(Place place, byte[] bytes, int length) {
        return rules.accept(place, bytes, length);
      }
    };
  }
}
