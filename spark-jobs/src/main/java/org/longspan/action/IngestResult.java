package org.longspan.action;

import java.time.Duration;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.longspan.run.Balance;

/**
 * Documents, and all that was read and is none.
 *
 * @param documents columns as {@link org.longspan.stage.Tables#DOCUMENTS_SCHEMA}
 * @param quarantine rows that could not be read
 * @param drops exact duplicates, and files of repositories that are no text
 * @param counts in: documents (repositories joined), before duplicates are taken out, and files
 *     passed over; rows in quarantine are not among them. Tokens are 0
 * @param figures {@code files}, {@code input-bytes}, {@code rows} (as read, but repositories
 *     joined), {@code chars} of documents before duplicates are taken out, {@code skipped-files},
 *     {@code exact-duplicates}, {@code quarantined}, and {@code quarantined.<reason>}
 */
public record IngestResult(
    Dataset<Row> documents,
    Dataset<Row> quarantine,
    Dataset<Row> drops,
    Balance counts,
    SortedMap<String, Double> figures,
    Duration took) {
  public IngestResult {
    figures = Collections.unmodifiableSortedMap(new TreeMap<>(figures));
  }

  /** Rows that could not be read. */
  public long quarantined() {
    return figures.get("quarantined").longValue();
  }
}
