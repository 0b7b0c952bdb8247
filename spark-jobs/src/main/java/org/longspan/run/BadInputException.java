package org.longspan.run;

import java.util.Locale;

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

  private BadInputException(long rows, long limit, String quarantine) {
    super(
        String.format(
            Locale.ROOT,
            "%,d input rows could not be read as documents; input.max-bad-rows allows %,d. Each of"
                + " them is in %s with its file, line and reason. Mend them, or accept them with"
                + " --set input.max-bad-rows=%d.",
            rows,
            limit,
            quarantine,
            rows));
    this.rows = rows;
    this.limit = limit;
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
