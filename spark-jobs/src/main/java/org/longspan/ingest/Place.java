package org.longspan.ingest;

import java.io.Serializable;

/**
 * Where a row stands.
 *
 * @param file the row's file
 * @param line line, entry or row, from 1; 0: the file as a whole
 */
record Place(InputFile file, long line) implements Serializable {
  /** An id for a row that has none. */
  String id() {
    String id = file.baseName() + "-" + file.key();
    return line == 0 ? id : id + ":" + line;
  }
}
