package org.longspan.action;

import static org.apache.spark.sql.functions.array_repeat;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.format_string;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.posexplode;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.longspan.run.Counts;
import org.longspan.stage.StageFailedException;
import org.longspan.stage.Tables;

/**
 * What a selection asks to be packed, counted.
 *
 * @param rows doc_id, domain, n_tokens, copies and last_copy (tokens of the last copy) of the
 *     documents to place; all numbers at least 1
 * @param drops rows of the {@link Tables#DROPS drops} table: what is not placed
 * @param documentsByDomain chosen documents, each once, those that are not placed too: as relate
 *     counts them
 * @param placed copies and tokens of {@code rows}
 * @param dropped what is not placed, by reason
 */
record ChosenDocuments(
    Dataset<Row> rows,
    Dataset<Row> drops,
    Map<String, Long> documentsByDomain,
    Counts placed,
    SortedMap<String, Counts> dropped) {
  private static final String EMPTY = "empty";
  private static final String TRUNCATED = "truncated";
  private static final String TOO_LONG = "too-long";

  ChosenDocuments {
    documentsByDomain = Map.copyOf(documentsByDomain);
    dropped = Collections.unmodifiableSortedMap(new TreeMap<>(dropped));
  }

  /** Counts a selection in one pass. Documents without a token can't be placed. */
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
    Counts empty = Counts.NONE;
    for (Row domain : domains) {
      documentsByDomain.put(domain.getString(0), domain.getLong(1));
      placed = placed.plus(new Counts(domain.getLong(2), domain.getLong(3)));
      empty = empty.plus(new Counts(domain.getLong(4), 0));
    }

    SortedMap<String, Counts> dropped = new TreeMap<>();
    if (!empty.equals(Counts.NONE)) {
      dropped.put(EMPTY, empty);
    }

    return new ChosenDocuments(
        chosen.where(col("n_tokens").gt(0)).drop("copies_tokens"),
        wholeCopies(chosen.where(isEmpty), EMPTY, lit("The document has no token.")),
        documentsByDomain,
        placed,
        dropped);
  }

  /** What the selection asks for, placed or not. */
  Counts asked() {
    return dropped.values().stream().reduce(placed, Counts::plus);
  }

  /**
   * The same without what is longer than a sequence, as a policy says.
   *
   * @param most tokens of a document that a sequence can hold
   * @throws StageFailedException under {@link LongDocuments#ERROR} where a document is longer
   */
  ChosenDocuments fitting(int most, LongDocuments policy) {
    return switch (policy) {
      case FRAGMENT -> this;
      case TRUNCATE -> truncated(most);
      case DROP -> withoutLonger(most);
      case ERROR -> {
        refuseLonger(most);
        yield this;
      }
    };
  }

  private ChosenDocuments truncated(int most) {
    Dataset<Row> cut =
        rows.withColumn("kept", least(col("n_tokens"), lit(most)))
            .withColumn("kept_last", least(col("last_copy"), lit(most)))
            .withColumn(
                "lost",
                col("copies")
                    .minus(1)
                    .cast("long")
                    .multiply(col("n_tokens").minus(col("kept")))
                    .plus(col("last_copy").minus(col("kept_last"))));
    Dataset<Row> shortened = cut.where(col("lost").gt(0));
    long lost = shortened.agg(coalesce(sum("lost"), lit(0L))).first().getLong(0);
    Dataset<Row> more =
        shortened.select(
            col("doc_id"),
            lit("pack").as("stage"),
            lit(TRUNCATED).as("reason"),
            col("lost").as("tokens"),
            format_string(
                    "A sequence holds %d of the document's %d tokens; it has %d copies.",
                    lit(most), col("n_tokens"), col("copies"))
                .as("detail"));
    return without(
        cut.select(
            col("doc_id"),
            col("domain"),
            col("kept").as("n_tokens"),
            col("copies"),
            col("kept_last").as("last_copy")),
        more,
        TRUNCATED,
        new Counts(0, lost));
  }

  private ChosenDocuments withoutLonger(int most) {
    Dataset<Row> copies =
        wholeCopies(
            rows.where(col("n_tokens").gt(most)),
            TOO_LONG,
            format_string(
                "It has %d tokens, and a sequence holds %d.", col("n_tokens"), lit(most)));
    Row lost = copies.agg(count(lit(1)), coalesce(sum("tokens"), lit(0L))).first();
    return without(
        rows.where(col("n_tokens").leq(most)),
        copies,
        TOO_LONG,
        new Counts(lost.getLong(0), lost.getLong(1)));
  }

  private void refuseLonger(int most) {
    rows.where(col("n_tokens").gt(most))
        .orderBy(col("n_tokens").desc(), col("doc_id"))
        .limit(1)
        .collectAsList()
        .forEach(
            row -> {
              throw new StageFailedException(
                  "Document %s has %d tokens, and a sequence holds %d of a document. Make sequences longer, or say what becomes of such documents: pack.long-documents = fragment, truncate or drop."
                      .formatted(row.getString(0), row.getInt(2), most));
            });
  }

  private ChosenDocuments without(
      Dataset<Row> others, Dataset<Row> more, String reason, Counts lost) {
    SortedMap<String, Counts> all = new TreeMap<>(dropped);
    if (!lost.equals(Counts.NONE)) {
      all.put(reason, lost);
    }

    return new ChosenDocuments(
        others,
        drops.unionByName(more),
        documentsByDomain,
        new Counts(placed.documents() - lost.documents(), placed.tokens() - lost.tokens()),
        all);
  }

  /** A row of drops for each copy. */
  private static Dataset<Row> wholeCopies(Dataset<Row> documents, String reason, Column detail) {
    return documents
        .select(
            col("doc_id"),
            col("n_tokens"),
            col("last_copy"),
            col("copies"),
            detail.as("detail"),
            posexplode(array_repeat(lit(0), col("copies"))).as(new String[] {"copy", "unused"}))
        .select(
            col("doc_id"),
            lit("pack").as("stage"),
            lit(reason).as("reason"),
            when(col("copy").equalTo(col("copies").minus(1)), col("last_copy"))
                .otherwise(col("n_tokens"))
                .cast("long")
                .as("tokens"),
            col("detail"));
  }
}
