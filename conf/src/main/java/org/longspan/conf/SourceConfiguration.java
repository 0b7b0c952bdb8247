package org.longspan.conf;

import java.util.List;
import java.util.Map;

/**
 * One source of documents.
 *
 * @param paths files, folders or globs, on any file system that Spark's Hadoop client reads
 * @param format how the files are read
 * @param clean what is done to the text
 * @param domain the domain of rows without one of their own; null: rows must have one
 * @param columns names of the row's fields, by our name: id, text, domain, repo, path, and {@code
 *     meta} fields; formats without rows ignore it
 * @param repositoryCap tokens are not known yet, so characters: a repository is cut into several
 *     documents of at most this many
 */
public record SourceConfiguration(
    @Limit.Required(
            "The source names no files: set its paths, such as paths = [\"corpus/*.jsonl\"].")
        List<String> paths,
    Format format,
    Clean clean,
    @Limit.OrNull String domain,
    Columns columns,
    @Limit.AtLeast(1000) long repositoryCap) {
  public SourceConfiguration {
    paths = List.copyOf(paths);
  }

  /** How files become rows. */
  public enum Format {
    /** By the file's name: .jsonl, .json, .gz, .zst, .parquet, .html, .jar, .zip, .tar.gz, .txt. */
    AUTO,
    /** One JSON object a line. */
    JSONL,
    /** Parquet rows. */
    PARQUET,
    /** One document a file. */
    TEXT,
    /** One document a line. */
    LINES,
    /** One page a file. */
    HTML,
    /** One repository an archive: its files joined in path order. */
    ARCHIVE,
    /** One repository a folder directly below the path: its files joined in path order. */
    REPOSITORY
  }

  /** What is done to a text before it becomes a document. */
  public enum Clean {
    /** Nothing. */
    NONE,
    /** Tags and scripts out, entities decoded, by Spark NLP's DocumentNormalizer. */
    HTML
  }

  /**
   * Which fields of a row hold what.
   *
   * @param id null or absent field: the id is made from the file and the row's place
   * @param text the document
   * @param domain overrides the source's domain where the row has it
   * @param repo rows of the same repo are joined into one document; null: rows are documents
   * @param path order of the rows of a repository
   * @param meta fields to keep, our name to theirs
   */
  public record Columns(
      @Limit.OrNull String id,
      String text,
      @Limit.OrNull String domain,
      @Limit.OrNull String repo,
      @Limit.OrNull String path,
      Map<String, String> meta) {
    public Columns {
      meta = Map.copyOf(meta);
    }
  }
}
