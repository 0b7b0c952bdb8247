package org.longspan.ingest;

import java.io.Serializable;

/**
 * A part of a file that one task reads. The rows that begin in it are its rows.
 *
 * @param start first byte
 * @param end behind the last byte; {@link Long#MAX_VALUE} where the file is read whole
 * @param newlinesBefore newlines in the bytes before {@code start}, so that lines have their true
 *     numbers
 */
record Piece(InputFile file, long start, long end, long newlinesBefore) implements Serializable {
  static Piece whole(InputFile file) {
    return new Piece(file, 0, Long.MAX_VALUE, 0);
  }

  Piece after(long newlines) {
    return new Piece(file, start, end, newlines);
  }

  boolean isWhole() {
    return start == 0 && end == Long.MAX_VALUE;
  }
}
