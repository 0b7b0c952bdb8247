package org.longspan.action;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.when;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.longspan.pack.Packer;
import org.longspan.stage.StageFailedException;
import org.longspan.testing.LocalSpark;

/** Sequences of 4 tokens: a[0,4) · a[4,6) b[0,2) · b[0,2) of copy 1 and 2 of padding. */
@TestInstance(Lifecycle.PER_CLASS)
class LayoutConservationTest {
  private final SparkSession spark = LocalSpark.session();
  private static final StructType GIVEN_UP =
      StructType.fromDDL("doc_id string, copy int, start int, end int");
  private final Dataset<Row> chosen =
      spark.sql(
          "SELECT *, n_tokens AS last_copy FROM VALUES ('a', 6, 1), ('b', 2, 2) AS t(doc_id, n_tokens, copies)");
  private PackResult packed;
  private Dataset<Row> layout;

  @BeforeAll
  void pack() {
    packed =
        new Corpus()
            .numbered("a", "web", 1, 10, 6)
            .numbered("b", "web", 2, 20, 2)
            .packing()
            .packer("best-fit")
            .sequenceLength(4)
            .execute();
    layout = packed.layout();
  }

  @AfterAll
  void close() {
    packed.close();
  }

  @Test
  void wholeLayoutPasses() {
    assertThatCode(() -> check(layout, chosen)).doesNotThrowAnyException();
  }

  @Test
  void missingSequenceIsFoundByItsFirstDocument() {
    assertBreach(layout.where(col("sequence_id").notEqual(0)), "Document a of 6 tokens");
  }

  @Test
  void repeatedSequenceIsFound() {
    assertBreach(
        layout.union(layout.where(col("sequence_id").equalTo(0))), "Document a of 6 tokens");
  }

  @Test
  void documentThatWasNotChosenIsFound() {
    assertThatThrownBy(() -> check(layout, chosen.where(col("doc_id").equalTo("a"))))
        .isInstanceOf(StageFailedException.class)
        .hasMessageStartingWith("Document b of 0 tokens");
  }

  @Test
  void copyTooFewIsFound() {
    Dataset<Row> three = chosen.withColumn("copies", expr("if(doc_id = 'b', 3, copies)"));

    assertThatThrownBy(() -> check(layout, three))
        .isInstanceOf(StageFailedException.class)
        .hasMessageStartingWith("Document b of 2 tokens must be in the sequences whole, 3 times");
  }

  @Test
  void aLastCopyThatIsNotCutWhereItShouldBeIsFound() {
    Dataset<Row> cut = chosen.withColumn("last_copy", expr("if(doc_id = 'b', 1, last_copy)"));

    assertThatThrownBy(() -> check(layout, cut))
        .isInstanceOf(StageFailedException.class)
        .hasMessageStartingWith(
            "Document b of 2 tokens must be in the sequences whole, 2 times, the last time its first 1 tokens,");
  }

  @Test
  void spansThatShiftInsideADocumentAreFound() {
    assertBreach(
        layout.withColumn(
            "spans",
            expr(
                "transform(spans, s -> named_struct('doc_id', s.doc_id, 'copy', s.copy,"
                    + " 'start', if(s.doc_id = 'a' and s.start = 4, 3, s.start),"
                    + " 'end', if(s.doc_id = 'a' and s.start = 4, 5, s.end), 'role', s.role))")),
        "Document a of 6 tokens");
  }

  @Test
  void sequenceOfAnotherLengthIsFoundByItsId() {
    assertBreach(
        layout.withColumn(
            "seq_lengths",
            when(col("sequence_id").equalTo(1), expr("array(4, 1)")).otherwise(col("seq_lengths"))),
        "Sequence 1 must have 4 tokens, but its spans have 4 and its seq_lengths 5.");
    assertBreach(
        layout.withColumn("spans", expr("if(sequence_id > 0, slice(spans, 1, 1), spans)")),
        "Sequence 1 must have 4 tokens");
  }

  private void check(Dataset<Row> rows, Dataset<Row> documents) {
    new LayoutConservation(Set.of(4), Packer.Repeats.NONE)
        .check(rows, spark.emptyDataset(Encoders.row(GIVEN_UP)), documents);
  }

  private void assertBreach(Dataset<Row> broken, String message) {
    assertThatThrownBy(() -> check(broken, chosen))
        .isInstanceOf(StageFailedException.class)
        .hasMessageStartingWith(message);
  }
}
