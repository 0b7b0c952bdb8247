package org.longspan.ingest;

import java.io.Serializable;
import java.util.Map;

/**
 * What a row says about itself; null for what it does not say.
 *
 * @param repositoryKey rows with the same key are joined; null: the row is a document
 */
record Fields(
    String id,
    String text,
    String domain,
    String repo,
    String repositoryKey,
    String path,
    Map<String, String> meta)
    implements Serializable {
  /** A row that is nothing but its text. */
  static Fields text(String text, String path) {
    return new Fields(null, text, null, null, null, path, Map.of());
  }

  /** A file of a repository. */
  static Fields repositoryFile(String text, String repo, String key, String path) {
    return new Fields(null, text, null, repo, key, path, Map.of());
  }
}
