package org.longspan.action;

import static org.apache.spark.sql.functions.array_repeat;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.longspan.run.Counts;
import org.longspan.stage.Tables;

/**
 * What a selection asks to be packed, counted.
 *
 * @param rows doc_id, domain, n_tokens, copies and last_copy (tokens of the last copy) of the
 *     documents to place; all numbers at least 1
 * @param empty the same columns of chosen documents without a token, which cannot be placed
 * @param documentsByDomain chosen documents, each once, with the empty ones: as relate counts them
 * @param placed copies and tokens of {@code rows}
 * @param dropped copies of {@code empty}
 */
record ChosenDocuments(
    Dataset<Row> rows,
    Dataset<Row> empty,
    Map<String, Long> documentsByDomain,
    Counts placed,
    Counts dropped) {

  /** Counts a selection in one pass. */
  static ChosenDocuments of(Dataset<Row> selection) {
    Dataset<Row> chosen =
        SelectedCopies.of(selection)
            .where(col("copies").gt(0))
            .withColumn("last_copy", SelectedCopies.last())
            .withColumn("copies_tokens", SelectedCopies.tokens())
            .select("doc_id", "domain", "n_tokens", "copies", "last_copy", "copies_tokens");
    Column isEmpty = col("n_tokens").equalTo(0);
    Column copies = col("copies").cast("long");
    List<Row> domains =
        chosen
            .groupBy("domain")
            .agg(
                count(lit(1)),
                sum(when(isEmpty, 0L).otherwise(copies)),
                sum("copies_tokens"),
                sum(when(isEmpty, copies).otherwise(0L)))
            .collectAsList();

    Map<String, Long> documentsByDomain = new HashMap<>();
    Counts placed = Counts.NONE;
    Counts dropped = Counts.NONE;
    for (Row domain : domains) {
      documentsByDomain.put(domain.getString(0), domain.getLong(1));
      placed = placed.plus(new Counts(domain.getLong(2), domain.getLong(3)));
      dropped = dropped.plus(new Counts(domain.getLong(4), 0));
    }

    return new ChosenDocuments(
        chosen.where(col("n_tokens").gt(0)).drop("copies_tokens"),
        chosen.where(isEmpty),
        Map.copyOf(documentsByDomain),
        placed,
        dropped);
  }

  /** Rows of the {@link Tables#DROPS drops} table, one a copy. */
  Dataset<Row> drops() {
    return empty
        .select(col("doc_id"), explode(array_repeat(lit("empty"), col("copies"))).as("reason"))
        .select(
            col("doc_id"),
            lit("pack").as("stage"),
            col("reason"),
            lit(0L).as("tokens"),
            lit("The document has no token.").as("detail"));
  }
}
