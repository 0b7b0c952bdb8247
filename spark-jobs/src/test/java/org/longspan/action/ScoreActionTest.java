package org.longspan.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.math3.stat.correlation.SpearmansCorrelation;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.longspan.scoring.ProLongSettings;
import org.longspan.testing.LocalSpark;

class ScoreActionTest {
  private static final Path REFERENCE =
      Path.of(System.getProperty("longspan.root"), "..", "shared", "reference");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final StructType DOCUMENTS =
      new StructType()
          .add("doc_id", DataTypes.StringType)
          .add("domain", DataTypes.StringType)
          .add("text", DataTypes.StringType);
  private final SparkSession spark = LocalSpark.session();

  @ParameterizedTest
  @ValueSource(strings = {"code", "paper"})
  void scoresAreThoseOfTheReference(String mode) throws IOException {
    assumeTrue(
        Files.exists(REFERENCE), "No reference at " + REFERENCE + ": scores are not compared.");
    Map<String, JsonNode> expected = new TreeMap<>();
    List<Row> rows = new ArrayList<>();

    for (String line : Files.readAllLines(REFERENCE.resolve("starter-4k.jsonl"))) {
      JsonNode node = JSON.readTree(line);
      expected.put(node.path("id").asText(), node.path("prolong").path("lds").path(mode));
    }

    for (String line : Files.readAllLines(REFERENCE.resolve("documents-4k.jsonl"))) {
      JsonNode node = JSON.readTree(line);
      rows.add(RowFactory.create(node.path("id").asText(), "any", node.path("text").asText()));
    }

    ScoreResult result =
        ScoreAction.on(spark, documents(rows))
            .prolong(ProLongSettings.published(128, 32_768, 0, mode, 0.1))
            .execute();

    List<Double> ours = new ArrayList<>();
    List<Double> theirs = new ArrayList<>();

    for (Row row : result.scores().collectAsList()) {
      JsonNode reference = expected.get(row.<String>getAs("doc_id"));

      if (row.<String>getAs("status").equals("scored")) {
        ours.add(row.getAs("score"));
        theirs.add(reference.asDouble());
      } else {
        assertThat(reference.isNumber()).isFalse();
        assertThat(row.<String>getAs("status")).isEqualTo("too-short");
      }
    }

    assertThat(ours).hasSize(7);

    for (int d = 0; d < ours.size(); d++) {
      assertThat(ours.get(d)).isCloseTo(theirs.get(d), within(0.005 * theirs.get(d)));
    }

    assertThat(
            new SpearmansCorrelation()
                .correlation(
                    ours.stream().mapToDouble(Double::doubleValue).toArray(),
                    theirs.stream().mapToDouble(Double::doubleValue).toArray()))
        .isGreaterThanOrEqualTo(0.999);
  }

  @Test
  void scoresAreHeldWithoutAWorkPath() {
    ScoreResult result =
        ScoreAction.on(
                spark,
                documents(
                    List.of(
                        RowFactory.create("long", "web", "It was a dark night. ".repeat(60)),
                        RowFactory.create("short", "web", "Day."))))
            .prolong(ProLongSettings.published(32, 256, 0, "paper", 0.1))
            .execute();

    assertThat(result.statuses())
        .containsEntry("scored", 1L)
        .containsEntry("too-short", 1L)
        .containsEntry("failed", 0L);
    assertThat(result.shards()).isEqualTo(1);
    assertThat(result.measuredTokens()).isPositive();
    assertThat(result.counts().holds()).isTrue();
    assertThat(result.scores().count()).isEqualTo(2);
    assertThat(spark.sparkContext().getLocalProperty("spark.job.description")).isNull();
  }

  private Dataset<Row> documents(List<Row> rows) {
    return spark.createDataFrame(rows, DOCUMENTS);
  }
}
