package org.longspan.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;

/**
 * How the bytes of a file become rows. A new format is a class that implements this and a line in
 * {@link Formats}.
 */
interface Format extends Serializable {
  /** The name in configurations. */
  String name();

  /** Whether {@code auto} takes this format for a file; the name is uncompressed, in lower case. */
  boolean goesWith(String uncompressedName);

  /** Whether a file may be read in pieces; its rows are lines then. */
  default boolean splits() {
    return false;
  }

  /** Rows of different files that have the same repository key are joined. */
  default boolean givesRepositories(ColumnNames columns) {
    return false;
  }

  /**
   * Begins to read.
   *
   * @param in the file's bytes, uncompressed; from the byte before the piece on, where the piece is
   *     not the file's first
   */
  RowSource open(Piece piece, InputStream in, ColumnNames columns, RowRules rules)
      throws IOException;
}
