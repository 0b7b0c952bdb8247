package org.longspan.ingest;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts the reading of files into pieces and pieces into tasks. Only speed depends on it: rows and
 * their places are the same whatever the cut.
 */
final class Pieces {
  /** Compressed bytes are worth about this many of text. */
  private static final long COMPRESSION = 4;

  private static final long MOST_BYTES_A_TASK = 64L << 20;
  private static final int MOST_FILES_A_TASK = 5_000;

  private Pieces() {}

  /** Every file whole, or in pieces of at most {@code bytes} where lines may be cut apart. */
  static List<Piece> of(List<InputFile> files, Format format, long bytes) {
    List<Piece> pieces = new ArrayList<>();
    for (InputFile file : files) {
      if (!format.splits() || Opened.isCompressed(file.name()) || file.bytes() <= bytes) {
        pieces.add(Piece.whole(file));
        continue;
      }

      for (long start = 0; start < file.bytes(); start += bytes) {
        pieces.add(new Piece(file, start, Math.min(start + bytes, file.bytes()), 0));
      }
    }

    return pieces;
  }

  /** Neighbours together, so that each task has about the same number of bytes. */
  static List<List<Piece>> tasks(List<Piece> pieces, int parallelism) {
    long total = pieces.stream().mapToLong(Pieces::weight).sum();
    long share = Math.min(MOST_BYTES_A_TASK, total / Math.max(1, 2L * parallelism) + 1);
    List<List<Piece>> tasks = new ArrayList<>();
    List<Piece> task = new ArrayList<>();
    long weight = 0;
    for (Piece piece : pieces) {
      task.add(piece);
      weight += weight(piece);
      if (weight >= share || task.size() >= MOST_FILES_A_TASK) {
        tasks.add(task);
        task = new ArrayList<>();
        weight = 0;
      }
    }

    if (!task.isEmpty()) {
      tasks.add(task);
    }

    return tasks;
  }

  /** About how many bytes of text a file has. */
  static long textBytes(InputFile file) {
    return textBytes(file, file.bytes());
  }

  private static long weight(Piece piece) {
    return textBytes(piece.file(), Math.min(piece.end(), piece.file().bytes()) - piece.start());
  }

  private static long textBytes(InputFile file, long bytes) {
    return Opened.isCompressed(file.name()) ? bytes * COMPRESSION : bytes;
  }
}
