package org.longspan.ingest;

import java.io.IOException;
import java.io.InputStream;

/** A file that is one row. Memory: the file, or the limit where that is less. */
abstract class FileRow implements RowSource {
  private final InputStream in;
  private boolean read;

  FileRow(InputStream in) {
    this.in = in;
  }

  /** The row of a file's bytes. */
  abstract InputRow row(InputStream in) throws IOException;

  @Override
  public final InputRow next() throws IOException {
    if (read) {
      return null;
    }

    read = true;
    return row(in);
  }

  @Override
  public final long line() {
    return 0;
  }

  @Override
  public final void close() throws IOException {
    in.close();
  }
}
