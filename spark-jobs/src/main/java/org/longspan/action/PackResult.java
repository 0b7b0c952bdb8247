package org.longspan.action;

import java.time.Duration;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.longspan.run.Balance;

/**
 * What {@link PackAction} laid out. Spark keeps the layout until {@link #close}, since the tokens
 * are joined only when {@code sequences} is read: write the sequences first, then close.
 *
 * @param sequences the sequences table
 * @param layout the sequences table without its tokens: laid out and checked already
 * @param drops documents without a token, and what the packer or the policy for long documents left
 *     out
 * @param counts copies and tokens in, separators and padding added, and what came out
 * @param figures {@code sequences}, {@code fill} (share of tokens that are no padding) and {@code
 *     relatedness} (mean), each also by packer as {@code fill.best-fit}; {@code starved}: sequences
 *     of the splice packer that chance alone brought together
 * @param took time to lay out and check
 * @param closed what else {@link #close} lets go of
 */
public record PackResult(
    Dataset<Row> sequences,
    Dataset<Row> layout,
    Dataset<Row> drops,
    Balance counts,
    SortedMap<String, Double> figures,
    Duration took,
    Runnable closed)
    implements AutoCloseable {
  public PackResult {
    figures = Collections.unmodifiableSortedMap(new TreeMap<>(figures));
  }

  /** Lets go of the layout that Spark keeps. */
  @Override
  public void close() {
    layout.unpersist();
    closed.run();
  }
}
