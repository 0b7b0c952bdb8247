package org.longspan.ingest;

import java.io.Serializable;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Which fields of a source's rows hold what. A name is looked up as it is written first, then,
 * where it has dots, as a path of nested fields. Rows need not have any field but the text.
 *
 * @param id a string or a number; rows without one get an id made from their file and line
 * @param text the document
 * @param domain overrides the source's domain where a row has it
 * @param repo rows with the same value are joined into one document; null: rows are documents
 * @param path order of the rows of a repository; null: their order in the source
 * @param meta fields to keep, our name to theirs
 */
public record ColumnNames(
    String id, String text, String domain, String repo, String path, Map<String, String> meta)
    implements Serializable {
  /** id, text, domain, path; no repositories, nothing kept besides. */
  public static final ColumnNames DEFAULT =
      new ColumnNames("id", "text", "domain", null, "path", Map.of());

  public ColumnNames {
    Objects.requireNonNull(text, "A source of rows needs the name of its text column.");
    meta = Collections.unmodifiableSortedMap(new TreeMap<>(meta));
  }
}
