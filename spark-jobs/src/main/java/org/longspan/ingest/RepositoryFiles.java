package org.longspan.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * What is a file of a repository: text, by its content and not by its name. The rest, pictures and
 * classes, is passed over and listed in drops.
 */
final class RepositoryFiles {
  private RepositoryFiles() {}

  /**
   * The row of one file.
   *
   * @param in the file's bytes; at most the limit is read of them
   * @param repo what the repository is called
   * @param key tells it from others that are called the same
   */
  static InputRow row(
      Place place, InputStream in, String repo, String key, String path, RowRules rules)
      throws IOException {
    byte[] bytes = in.readNBytes(rules.textBytes());
    if (bytes.length == rules.textBytes()) {
      return InputRow.skipped(
          place,
          Reason.TOO_LARGE,
          path,
          "The file has more than " + rules.maxDocumentBytes() + " bytes.");
    }

    Optional<String> text =
        Utf8.decode(bytes, bytes.length).filter(decoded -> decoded.indexOf('\0') < 0);
    if (text.isEmpty()) {
      return InputRow.skipped(
          place, Reason.NOT_TEXT, path, "The file is not UTF-8 text or has a NUL character.");
    }

    return rules.accept(place, Fields.repositoryFile(text.get(), repo, key, path), text.get());
  }
}
