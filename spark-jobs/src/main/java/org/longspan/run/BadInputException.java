package org.longspan.run;

import java.util.Locale;
import java.util.SortedMap;

/**
 * More input rows are no documents than {@code input.max-bad-rows} allows. A stage writes them to
 * {@code quarantine} first and then throws this; the run keeps that table and commits nothing else.
 */
public final class BadInputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final long rows;
  private final long limit;

  /**
   * What a stage throws.
   *
   * @param rows rows in quarantine
   * @param limit {@code input.max-bad-rows}
   */
  public BadInputException(long rows, long limit) {
    this(rows, limit, "the quarantine table of the run's output");
  }

  private BadInputException(String message, long rows, long limit) {
    super(message);
    this.rows = rows;
    this.limit = limit;
  }

  private BadInputException(long rows, long limit, String quarantine) {
    this(
        String.format(
            Locale.ROOT,
            "%,d input rows could not be read as documents; input.max-bad-rows allows %,d. Each of"
                + " them is in %s with its file, line and reason. Mend them, or accept them with"
                + " --set input.max-bad-rows=%d.",
            rows,
            limit,
            quarantine,
            rows),
        rows,
        limit);
  }

  /**
   * The input has rows, but a look at it found none that is a document.
   *
   * @param files number of files among which it looked
   * @param reasons what was wrong with the rows, and how many; empty where there was no row
   * @param first the first such row's file and reason; null where there was no row
   */
  public static BadInputException noDocument(
      long files, SortedMap<String, Long> reasons, String first) {
    long rows = reasons.values().stream().mapToLong(Long::longValue).sum();
    String found =
        first == null
            ? "they have no rows"
            : String.format(Locale.ROOT, "%,d rows %s, the first in %s", rows, reasons, first);
    return new BadInputException(
        String.format(
            Locale.ROOT,
            "No document could be read from the sample of the %,d files of input.sources: %s."
                + " Check the paths, the format and the columns, or read more with --sample.",
            files,
            found),
        rows,
        0);
  }

  /** The same, with the path at which the quarantine table can be read. */
  public BadInputException quarantinedAt(String path) {
    BadInputException placed = new BadInputException(rows, limit, path);
    placed.initCause(this);
    return placed;
  }

  public long rows() {
    return rows;
  }

  public long limit() {
    return limit;
  }
}
