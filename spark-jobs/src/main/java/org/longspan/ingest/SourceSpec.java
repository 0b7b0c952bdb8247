package org.longspan.ingest;

import java.io.Serializable;
import java.util.List;

/**
 * One source of documents. The order of sources matters in one way: of two equal documents the one
 * of the earlier source stays.
 *
 * @param paths files, folders (read recursively) or globs on any file system that Hadoop reads;
 *     empty where a program gives the rows as a Dataset
 * @param format {@code auto}, {@code jsonl}, {@code parquet}, {@code text}, {@code lines}, {@code
 *     html}, {@code archive} or {@code repository}
 * @param clean {@code none} or {@code html}
 * @param domain the domain of rows without one of their own; null: rows must have one
 * @param columns names of the rows' fields, for formats with fields
 * @param repositoryCap characters (code points) after which a repository goes on in a further
 *     document; at least 1
 */
public record SourceSpec(
    List<String> paths,
    String format,
    String clean,
    String domain,
    ColumnNames columns,
    long repositoryCap)
    implements Serializable {
  /** About a million tokens of code. */
  public static final long DEFAULT_REPOSITORY_CAP = 4_000_000;

  public SourceSpec {
    paths = List.copyOf(paths);
    if (!format.equals("auto")) {
      Formats.named(format);
    }

    if (!clean.equals("none") && !clean.equals("html")) {
      throw new IllegalArgumentException(
          "There is no cleaning called " + clean + "; there are none and html.");
    }

    if (repositoryCap < 1) {
      throw new IllegalArgumentException(
          "A repository's documents must be allowed at least 1 character, not " + repositoryCap);
    }
  }

  /** Files by their names, not cleaned, with the default columns. */
  public static SourceSpec of(String... paths) {
    return new SourceSpec(
        List.of(paths), "auto", "none", null, ColumnNames.DEFAULT, DEFAULT_REPOSITORY_CAP);
  }

  public SourceSpec withFormat(String other) {
    return new SourceSpec(paths, other, clean, domain, columns, repositoryCap);
  }

  public SourceSpec withClean(String other) {
    return new SourceSpec(paths, format, other, domain, columns, repositoryCap);
  }

  public SourceSpec withDomain(String other) {
    return new SourceSpec(paths, format, clean, other, columns, repositoryCap);
  }

  public SourceSpec withColumns(ColumnNames other) {
    return new SourceSpec(paths, format, clean, domain, other, repositoryCap);
  }

  public SourceSpec withRepositoryCap(long other) {
    return new SourceSpec(paths, format, clean, domain, columns, other);
  }
}
