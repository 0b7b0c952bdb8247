package org.longspan.action;

import java.time.Duration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.longspan.run.Balance;

/**
 * The neighbours that were found. Without a work path Spark keeps them until {@link #close}: read
 * the edges first, then close.
 *
 * @param edges the table {@code edges}
 * @param counts chosen documents and their tokens, copies counted; relating drops nothing
 * @param took wall-clock time
 * @param slices how many slices there are
 * @param slicesReused how many of them an earlier run had finished under the same work path
 * @param nearDuplicates edges that were found and left out, since both ends are nearly the same
 *     text
 * @param places the table {@code slices}: doc_id, slice and whether it is the document's home
 * @param closed what {@link #close} lets go of
 */
public record RelateResult(
    Dataset<Row> edges,
    Balance counts,
    Duration took,
    int slices,
    int slicesReused,
    long nearDuplicates,
    Dataset<Row> places,
    Runnable closed)
    implements AutoCloseable {
  /** Lets go of the edges that Spark keeps. */
  @Override
  public void close() {
    closed.run();
  }
}
