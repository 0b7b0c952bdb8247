package org.longspan.action;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A row of the sequences table, for assertions. */
record Sequence(
    long id,
    List<Integer> inputIds,
    List<SequenceShape.Span> spans,
    List<Integer> seqLengths,
    List<Integer> lossRuns,
    double relatedness,
    String packer,
    List<String> domains) {

  /** All sequences in the order of their ids. */
  static List<Sequence> all(Dataset<Row> table) {
    return table.orderBy("sequence_id").collectAsList().stream().map(Sequence::of).toList();
  }

  private static Sequence of(Row row) {
    return new Sequence(
        row.getAs("sequence_id"),
        row.getList(row.fieldIndex("input_ids")),
        row.<Row>getList(row.fieldIndex("spans")).stream().map(Sequence::span).toList(),
        row.getList(row.fieldIndex("seq_lengths")),
        row.isNullAt(row.fieldIndex("loss_runs")) ? null : row.getList(row.fieldIndex("loss_runs")),
        row.getAs("relatedness"),
        row.getAs("packer"),
        row.getList(row.fieldIndex("domains")));
  }

  private static SequenceShape.Span span(Row row) {
    return new SequenceShape.Span(
        row.getAs("doc_id"),
        row.getAs("copy"),
        row.getAs("start"),
        row.getAs("end"),
        row.getAs("role"));
  }
}
