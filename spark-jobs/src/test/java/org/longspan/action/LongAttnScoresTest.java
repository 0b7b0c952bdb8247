package org.longspan.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.longspan.attention.LongAttn;
import org.longspan.stage.Tables;
import org.longspan.testing.LocalSpark;

/** Two domains, one of three documents and one of a single one. */
class LongAttnScoresTest {
  private final SparkSession spark = LocalSpark.session();
  private final List<Row> rows =
      List.of(
          scored("a", "book", 0.40, 2e-9),
          scored("b", "book", 0.42, 10e-9),
          scored("c", "book", 0.44, 6e-9),
          scored("d", "web", 0.9, 1e-7),
          row("e", "book", "longattn", "too-short", null, Map.of()),
          row("a", "book", "ladm", "scored", 7.0, Map.of()));

  @Test
  void theCodeScalesFromZeroToOneWithinADomain() {
    Map<String, Row> scores = scores(LongAttn.Mode.CODE, rows);

    assertThat(score(scores, "a longattn")).isCloseTo(0, within(1e-9));
    assertThat(score(scores, "b longattn")).isCloseTo(0.5 - 0.5, within(1e-9));
    assertThat(score(scores, "c longattn")).isCloseTo(1 - 0.25, within(1e-9));
    assertThat(score(scores, "d longattn")).as("alone").isCloseTo(0.5 - 0.25, within(1e-9));
  }

  @Test
  void thePaperTakesStandardDeviations() {
    Map<String, Row> scores = scores(LongAttn.Mode.PAPER, rows);
    double deviation = Math.sqrt(1.5);

    assertThat(score(scores, "a longattn")).isCloseTo(-deviation / 2, within(1e-9));
    assertThat(score(scores, "b longattn")).isCloseTo(-deviation / 2, within(1e-9));
    assertThat(score(scores, "c longattn")).isCloseTo(deviation, within(1e-9));
    assertThat(score(scores, "d longattn")).as("alone").isZero();
  }

  @Test
  void otherRowsStayAsTheyAre() {
    Map<String, Row> scores = scores(LongAttn.Mode.PAPER, rows);

    assertThat(scores).hasSize(6);
    assertThat(scores.get("e longattn").isNullAt(4)).isTrue();
    assertThat(score(scores, "a ladm")).isEqualTo(7);
    assertThat(scores(LongAttn.Mode.PAPER, rows.subList(4, 6))).hasSize(2);
  }

  private Map<String, Row> scores(LongAttn.Mode mode, List<Row> given) {
    Dataset<Row> table = spark.createDataFrame(given, Tables.SCORES_SCHEMA).repartition(3);
    Map<String, Row> scores = new TreeMap<>();
    LongAttnScores.scaled(table, mode, 0.5)
        .collectAsList()
        .forEach(row -> scores.put(row.getString(0) + " " + row.getString(2), row));
    return scores;
  }

  private static double score(Map<String, Row> scores, String key) {
    return scores.get(key).getAs("score");
  }

  private static Row scored(String document, String domain, double ds, double variance) {
    return row(document, domain, "longattn", "scored", ds, Map.of("ds", ds, "variance", variance));
  }

  private static Row row(
      String document,
      String domain,
      String scorer,
      String status,
      Double score,
      Map<String, Double> details) {
    return RowFactory.create(document, domain, scorer, status, score, details, new double[0], null);
  }
}
