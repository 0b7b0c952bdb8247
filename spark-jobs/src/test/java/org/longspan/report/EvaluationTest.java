package org.longspan.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.longspan.testing.LocalSpark;

class EvaluationTest {
  private static final StructType SCORES =
      new StructType()
          .add("doc_id", "string")
          .add("domain", "string")
          .add("scorer", "string")
          .add("status", "string")
          .add("score", "double");
  private static final StructType DOCUMENTS =
      new StructType()
          .add("doc_id", "string")
          .add("meta", DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType));

  private final SparkSession spark = LocalSpark.session();

  @Test
  void eachScorerIsJudgedWithinADomain() {
    Evaluation evaluation =
        evaluation(
            document("a", "book", "genuine", 3.0, 1.0),
            document("b", "book", "genuine", 2.0, 1.0),
            document("c", "book", "spliced", 1.0, 1.0),
            document("d", "web", "genuine", 1.0, 5.0),
            document("e", "web", "spliced", 2.0, 4.0),
            document("f", "web", "spliced", 0.0, null),
            document("g", "web", null, 9.0, 9.0));

    assertThat(evaluation.separations())
        .containsExactly(
            new Separation("first", "spliced", "book", 1, 2, 1),
            new Separation("first", "spliced", "web", 0.5, 1, 2),
            new Separation("second", "spliced", "book", 0.5, 2, 1),
            new Separation("second", "spliced", "web", 1, 1, 1));
    assertThat(evaluation.markdown())
        .contains("### genuine against spliced")
        .contains("| scorer | book | web | mean |")
        .contains("| first | 1.00 | 0.50 | 0.75 |")
        .contains("second: 1 labelled documents have no score");
  }

  @Test
  void withoutTheGoodLabelThereIsNothingToJudge() {
    assertThatThrownBy(() -> evaluation(document("a", "book", "spliced", 1.0, 1.0)))
        .hasMessageContaining("meta.label")
        .hasMessageContaining("'genuine'");
  }

  private record Labelled(String id, String domain, String label, Double first, Double second) {}

  private static Labelled document(
      String id, String domain, String label, Double first, Double second) {
    return new Labelled(id, domain, label, first, second);
  }

  private Evaluation evaluation(Labelled... labelled) {
    List<Row> scores = new ArrayList<>();
    List<Row> documents = new ArrayList<>();

    for (Labelled each : labelled) {
      scores.add(score(each, "first", each.first()));
      scores.add(score(each, "second", each.second()));
      documents.add(
          RowFactory.create(
              each.id(), each.label() == null ? Map.of() : Map.of("label", each.label())));
    }

    Dataset<Row> documentsTable = spark.createDataFrame(documents, DOCUMENTS);
    return Evaluation.of(spark.createDataFrame(scores, SCORES), documentsTable, "label", "genuine");
  }

  private static Row score(Labelled document, String scorer, Double value) {
    return RowFactory.create(
        document.id(), document.domain(), scorer, value == null ? "too-short" : "scored", value);
  }
}
