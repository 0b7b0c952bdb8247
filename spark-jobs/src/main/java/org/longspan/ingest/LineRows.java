package org.longspan.ingest;

import java.io.IOException;

/** Rows that are lines. Blank lines are none. */
abstract class LineRows implements RowSource {
  private final Piece piece;
  private final Lines lines;

  LineRows(Piece piece, Lines lines) {
    this.piece = piece;
    this.lines = lines;
  }

  /** The row of a line's bytes, which are the caller's only until it returns. */
  abstract InputRow row(Place place, byte[] bytes, int length);

  @Override
  public final InputRow next() throws IOException {
    while (lines.advance()) {
      if (lines.isBlank()) {
        continue;
      }

      Place place = new Place(piece.file(), lines.number());
      if (lines.tooLong()) {
        String raw = Utf8.lenient(lines.bytes(), lines.length());
        return InputRow.bad(place, Reason.TOO_LARGE, raw);
      }

      return row(place, lines.bytes(), lines.length());
    }

    return null;
  }

  @Override
  public final long line() {
    return lines.number();
  }

  @Override
  public final void close() throws IOException {
    lines.close();
  }
}
