package org.longspan.ingest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;

/**
 * The rows of a task's pieces, read as they are asked for. A file that breaks gives one bad row, at
 * the line that was reached, and the next file goes on.
 */
final class FileRows implements Iterator<InputRow>, AutoCloseable {
  private final Configuration hadoop;
  private final Iterator<Piece> pieces;
  private final Format format;
  private final ColumnNames columns;
  private final RowRules rules;
  private Piece piece;
  private RowSource source;
  private InputRow ahead;

  FileRows(
      Configuration hadoop,
      List<Piece> pieces,
      Format format,
      ColumnNames columns,
      RowRules rules) {
    this.hadoop = hadoop;
    this.pieces = pieces.iterator();
    this.format = format;
    this.columns = columns;
    this.rules = rules;
  }

  @Override
  public boolean hasNext() {
    while (ahead == null && (source != null || pieces.hasNext())) {
      ahead = step();
    }

    return ahead != null;
  }

  @Override
  public InputRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }

    InputRow row = ahead;
    ahead = null;
    return row;
  }

  @Override
  public void close() {
    if (source == null) {
      return;
    }

    try {
      source.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      source = null;
    }
  }

  /** The next row; null where a piece began or ended instead. */
  private InputRow step() {
    try {
      if (source == null) {
        piece = pieces.next();
        long from = Math.max(0, piece.start() - 1);
        source = format.open(piece, Opened.at(hadoop, piece.file(), from), columns, rules);
        return null;
      }

      InputRow row = source.next();
      if (row == null) {
        close();
      }

      return row;
    } catch (IOException e) {
      long line = source == null ? 0 : source.line();
      close();
      return InputRow.bad(
          new Place(piece.file(), line),
          Reason.BROKEN_FILE,
          "The file can't be read beyond this place: " + e.getMessage());
    }
  }
}
