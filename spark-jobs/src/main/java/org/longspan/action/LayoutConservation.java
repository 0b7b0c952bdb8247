package org.longspan.action;

import static org.apache.spark.sql.functions.aggregate;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sequence;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.longspan.pack.Packer;
import org.longspan.stage.StageFailedException;

/**
 * The first law for sequences: every token of every copy stands in exactly one span, or is given
 * up; only sequences that may overlap hold tokens again. The spans of a sequence, as well as its
 * seq_lengths, sum to one of the lengths that the packer has.
 *
 * <p>Cost: ids and offsets alone are shuffled, twice; no tokens.
 *
 * @param lengths tokens that a sequence may have
 */
record LayoutConservation(Set<Integer> lengths, Packer.Repeats repeats) {
  /** The law as a packer keeps it. */
  static LayoutConservation of(PackSettings settings) {
    return new LayoutConservation(settings.lengths(), settings.newPacker().repeats());
  }

  /**
   * Checks a layout against what was to be placed.
   *
   * @param layout sequence_id, spans, seq_lengths
   * @param givenUp doc_id, copy, start, end of what is in no sequence
   * @param chosen doc_id, n_tokens, copies, last_copy: what the layout must hold, nothing else
   * @throws StageFailedException naming the first sequence or document that breaks the law
   */
  void check(Dataset<Row> layout, Dataset<Row> givenUp, Dataset<Row> chosen) {
    checkSequences(layout);
    checkDocuments(layout, givenUp, chosen);
  }

  private void checkSequences(Dataset<Row> layout) {
    Column spanned =
        aggregate(
            col("spans"),
            lit(0L),
            (sum, span) -> sum.plus(span.getField("end")).minus(span.getField("start")));
    Column bounded = aggregate(col("seq_lengths"), lit(0L), Column::plus);

    first(
            layout
                .select(col("sequence_id"), spanned.as("spanned"), bounded.as("bounded"))
                .where(
                    not(col("spanned").isInCollection(lengths))
                        .or(col("bounded").notEqual(col("spanned")))),
            "sequence_id")
        .ifPresent(
            row -> {
              throw new StageFailedException(
                  "Sequence %d must have %s tokens, but its spans have %d and its seq_lengths %d."
                      .formatted(row.getLong(0), wanted(), row.getLong(1), row.getLong(2)));
            });
  }

  private String wanted() {
    List<String> sorted = lengths.stream().sorted().map(String::valueOf).toList();
    return String.join(" or ", sorted);
  }

  private void checkDocuments(Dataset<Row> layout, Dataset<Row> givenUp, Dataset<Row> chosen) {
    // From 0 to the end without a gap, and without an overlap unless that may be; or -1.
    Column covered =
        aggregate(
            sort_array(collect_list(struct("start", "end"))),
            lit(0),
            (end, span) ->
                when(goesOn(end, span.getField("start")), greatest(end, span.getField("end")))
                    .otherwise(-1));

    Dataset<Row> placed =
        layout
            .select(explode(col("spans")).as("span"))
            .select("span.*")
            .where(col("doc_id").isNotNull())
            .select("doc_id", "copy", "start", "end")
            .union(givenUp.select("doc_id", "copy", "start", "end"))
            .groupBy("doc_id", "copy")
            .agg(covered.as("covered"))
            .groupBy(col("doc_id").as("placed_id"))
            .agg(
                count(lit(1)).as("placed"),
                sort_array(collect_list(struct("copy", "covered"))).as("placed_copies"));
    // Copies from 0 on, all whole but the last, which has its own length.
    Column wanted =
        transform(
            sequence(lit(0), col("copies").minus(1)),
            copy ->
                struct(
                    copy.as("copy"),
                    when(copy.equalTo(col("copies").minus(1)), col("last_copy"))
                        .otherwise(col("n_tokens"))
                        .as("covered")));

    Column whole = col("placed_copies").equalTo(wanted);

    first(
            chosen
                .select("doc_id", "n_tokens", "copies", "last_copy")
                .join(placed, col("doc_id").equalTo(col("placed_id")), "full_outer")
                .where(coalesce(whole, lit(false)).equalTo(false))
                .select(
                    coalesce(col("doc_id"), col("placed_id")).as("doc_id"),
                    coalesce(col("n_tokens"), lit(0)),
                    coalesce(col("copies"), lit(0)),
                    coalesce(col("placed"), lit(0L)),
                    coalesce(col("last_copy"), lit(0))),
            "doc_id")
        .ifPresent(
            row -> {
              throw new StageFailedException(
                  "Document %s of %d tokens must be in the sequences whole, %d times%s, but they hold parts of %d copies that are not exactly that."
                      .formatted(
                          row.getString(0),
                          row.getInt(1),
                          row.getInt(2),
                          row.getInt(4) == row.getInt(1)
                              ? ""
                              : ", the last time its first %d tokens".formatted(row.getInt(4)),
                          row.getLong(3)));
            });
  }

  private Column goesOn(Column end, Column start) {
    return switch (repeats) {
      case NONE -> start.equalTo(end);
      case OVERLAPS -> start.leq(end).and(end.geq(0));
    };
  }

  private static Optional<Row> first(Dataset<Row> offenders, String order) {
    List<Row> rows = offenders.orderBy(order).limit(1).collectAsList();
    return rows.stream().findFirst();
  }
}
