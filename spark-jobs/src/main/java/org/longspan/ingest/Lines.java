package org.longspan.ingest;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The lines of a stream as bytes, one at a time, with their numbers. Memory: the longest line, or
 * the limit where that is less; what is beyond the limit is read past.
 */
final class Lines implements Closeable {
  private static final int BUFFER = 1 << 16;
  private static final int KEPT_OF_LONG_LINES = 4_000;

  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER];
  private final long end;
  private final int limit;
  private int at;
  private int filled;
  private long position;
  private long number;
  private byte[] line = new byte[1 << 12];
  private int length;
  private boolean longer;

  private Lines(InputStream in, long position, long end, long number, int limit) {
    this.in = in;
    this.position = position;
    this.end = end;
    this.number = number;
    this.limit = limit;
  }

  /** All lines of a stream. */
  static Lines all(InputStream in, int limit) {
    return new Lines(in, 0, Long.MAX_VALUE, 0, limit);
  }

  /**
   * The lines that begin in a piece.
   *
   * @param in the file from the byte before the piece on, if there is one, as that byte tells
   *     whether a line begins at the piece's first
   */
  static Lines of(Piece piece, InputStream in, int limit) throws IOException {
    if (piece.start() == 0) {
      return new Lines(in, 0, piece.end(), 0, limit);
    }

    long before = piece.start() - 1;
    Lines lines = new Lines(in, before, piece.end(), piece.newlinesBefore(), limit);
    lines.skipToLineAfter(before);
    return lines;
  }

  /** Goes to the next line; false: there is none. */
  boolean advance() throws IOException {
    if (position >= end || (at == filled && !fill())) {
      return false;
    }

    number++;
    length = 0;
    longer = false;
    while (at < filled || fill()) {
      int newline = newline();
      keep(newline);
      position += newline - at;
      at = newline;
      if (at < filled) {
        at++;
        position++;
        break;
      }
    }

    if (length > 0 && line[length - 1] == '\r') {
      length--;
    }

    return true;
  }

  /** The line's bytes, from 0 to {@link #length}; overwritten by the next line. */
  byte[] bytes() {
    return line;
  }

  /** Bytes without the line's end; those that are kept, where the line is too long. */
  int length() {
    return length;
  }

  /** Whether the line is longer than the limit, so that only its beginning is kept. */
  boolean tooLong() {
    return longer;
  }

  /** From 1, in the file. */
  long number() {
    return number;
  }

  boolean isBlank() {
    for (int i = 0; i < length; i++) {
      if (line[i] > ' ' || line[i] <= 0) {
        return false;
      }
    }

    return true;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  /**
   * The newline at {@code before} is among those counted before the piece; any later one that ends
   * the line of the piece before is not.
   */
  private void skipToLineAfter(long before) throws IOException {
    while (at < filled || fill()) {
      int newline = newline();
      position += newline - at;
      at = newline;
      if (at < filled) {
        number += position == before ? 0 : 1;
        at++;
        position++;
        return;
      }
    }
  }

  private int newline() {
    int i = at;
    while (i < filled && buffer[i] != '\n') {
      i++;
    }

    return i;
  }

  private void keep(int to) {
    int more = to - at;
    if (longer) {
      return;
    }

    if (length + (long) more > limit) {
      longer = true;
      more = Math.max(0, Math.min(more, KEPT_OF_LONG_LINES - length));
      length = Math.min(length, KEPT_OF_LONG_LINES);
    }

    if (length + more > line.length) {
      long doubled = Math.max(2L * line.length, length + (long) more);
      line = Arrays.copyOf(line, (int) Math.min(doubled, Math.max(limit, length + (long) more)));
    }

    System.arraycopy(buffer, at, line, length, more);
    length += more;
  }

  private boolean fill() throws IOException {
    at = 0;
    filled = Math.max(0, in.read(buffer, 0, buffer.length));
    return filled > 0;
  }
}
