package org.longspan.action;

import static org.apache.spark.sql.functions.aggregate;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sum;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.longspan.stage.StageFailedException;

/**
 * The sequences of one length: their ids follow each other.
 *
 * @param tokens of each
 * @param count how many there are
 * @param first the least sequence_id
 * @param copies document copies that begin in them
 */
record SequencesOfLength(int tokens, long count, long first, long copies) {
  /**
   * What a sequences table holds, from its spans, the shortest first.
   *
   * @throws StageFailedException where it is empty, or ids are not as pack gives them
   */
  static List<SequencesOfLength> of(Dataset<Row> sequences) {
    Column length =
        aggregate(
            col("spans"),
            lit(0),
            (sum, span) -> sum.plus(span.getField("end")).minus(span.getField("start")));
    List<Row> rows =
        sequences
            .select(col("sequence_id"), length.as("length"), SpanColumns.copies().as("copies"))
            .groupBy("length")
            .agg(functions.count(lit(1)), min("sequence_id"), max("sequence_id"), sum("copies"))
            .orderBy("length")
            .collectAsList();
    if (rows.isEmpty()) {
      throw new StageFailedException(
          "There is nothing to export: the sequences table is empty. Run pack before export.");
    }

    long next = 0;
    for (Row row : rows) {
      long last = next + row.getLong(1) - 1;
      if (row.getLong(2) != next || row.getLong(3) != last) {
        throw new StageFailedException(
            "The ids of the %d sequences of %d tokens must run from %d to %d, but they run from %d to %d; export the table as pack wrote it."
                .formatted(
                    row.getLong(1), row.getInt(0), next, last, row.getLong(2), row.getLong(3)));
      }

      next = last + 1;
    }

    return rows.stream()
        .map(
            row ->
                new SequencesOfLength(
                    row.getInt(0), row.getLong(1), row.getLong(2), row.getLong(4)))
        .toList();
  }

  /** Its rows of the sequences table. */
  Dataset<Row> rows(Dataset<Row> sequences) {
    return sequences.where(col("sequence_id").between(first, first + count - 1));
  }
}
