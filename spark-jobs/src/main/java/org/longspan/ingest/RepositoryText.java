package org.longspan.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Joins the files of one repository into documents of at most {@code cap} characters. Each file
 * stands below a line that names it, {@code ==> path <==}, the same for every language; a newline
 * is added where a file has none at its end. Documents are cut between files; a file that is larger
 * than a document by itself is cut at line ends, a line that is larger at the cap, and the line
 * with its name is repeated. Nothing is left out.
 *
 * <p>Memory: one document and one file. Time: linear in the characters.
 */
final class RepositoryText {
  private final long cap;
  private final StringBuilder document = new StringBuilder();
  private long characters;

  /**
   * One repository.
   *
   * @param cap code points of a document; only a file's name that is longer exceeds it
   */
  RepositoryText(long cap) {
    if (cap < 1) {
      throw new IllegalArgumentException(
          "A repository's documents must be allowed at least 1 character, not " + cap + ".");
    }

    this.cap = cap;
  }

  /** Adds the next file; gives the documents that are full now. */
  List<String> add(String path, String text) {
    String header = "==> " + path + " <==\n";
    String body = text.isEmpty() || text.endsWith("\n") ? text : text + "\n";
    long headerLength = header.codePointCount(0, header.length());
    long bodyLength = body.codePointCount(0, body.length());
    List<String> full = new ArrayList<>();
    if (characters > 0 && characters + headerLength + bodyLength > cap) {
      full.add(take());
    }

    long room = Math.max(1, cap - headerLength);
    int start = 0;
    while (bodyLength > room) {
      int end = cut(body, start, room);
      append(header, headerLength);
      long length = body.codePointCount(start, end);
      append(body.substring(start, end), length);
      full.add(take());
      bodyLength -= length;
      start = end;
    }

    if (bodyLength > 0 || start == 0) {
      append(header, headerLength);
      append(body.substring(start), bodyLength);
    }

    return full;
  }

  /** The document that is not full; empty where all files are in earlier ones. */
  Optional<String> finish() {
    return characters == 0 ? Optional.empty() : Optional.of(take());
  }

  private void append(String text, long length) {
    document.append(text);
    characters += length;
  }

  private String take() {
    String taken = document.toString();
    document.setLength(0);
    characters = 0;
    return taken;
  }

  /** Where a piece of at most {@code room} code points ends: behind its last newline, if any. */
  private static int cut(String body, int start, long room) {
    int end = body.offsetByCodePoints(start, Math.toIntExact(room));
    int newline = body.lastIndexOf('\n', end - 1);
    return newline >= start ? newline + 1 : end;
  }
}
