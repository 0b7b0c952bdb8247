package org.longspan.action;

import java.util.List;
import java.util.SortedMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Native windows and concatenations.
 *
 * @param windows doc_id, domain, kind ({@code native} or {@code concatenation}), n_tokens and
 *     input_ids, all of one length
 * @param counts native windows of each domain, and as many concatenations; domains that were left
 *     out are not among them
 * @param notes sentences about domains that were left out or have less than what was asked for
 */
public record ConcatenateResult(
    Dataset<Row> windows, SortedMap<String, Integer> counts, List<String> notes) {
  /** The kind of a window of one document. */
  public static final String NATIVE = "native";

  /** The kind of a window of several documents. */
  public static final String CONCATENATION = "concatenation";
}
