package org.longspan.ingest;

import java.io.Closeable;
import java.io.IOException;

/** The rows of one piece of a file, one at a time. */
interface RowSource extends Closeable {
  /**
   * The next row; null after the last.
   *
   * @throws IOException if the file is broken from here on
   */
  InputRow next() throws IOException;

  /** The line or entry that was reached. */
  long line();
}
