package org.longspan.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
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
import org.longspan.run.Counts;
import org.longspan.scoring.ProLongSettings;
import org.longspan.stage.Tables;
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

  @Test
  void scoresThatShareTheirContextsPayForOnePass() {
    Dataset<Row> text =
        documents(List.of(RowFactory.create("long", "web", "It was a dark night. ".repeat(400))));
    ScoreResult one = ScoreAction.on(spark, text).scorer("longfilter").execute();
    ScoreResult all =
        ScoreAction.on(spark, text)
            .scorers(
                List.of(
                    "longfilter", "longppl", "longce", "longfilter-non-copy", "longce-non-copy"))
            .execute();

    assertThat(all.measuredTokens()).isEqualTo(one.measuredTokens()).isPositive();
    assertThat(all.statuses()).containsEntry("scored", 5L);
    Row copies = all.scores().where("scorer = 'longfilter-non-copy'").select("details").first();
    assertThat(copies.<String, Double>getJavaMap(0).get("eligible_tokens")).isLessThan(100);
  }

  @Test
  void textIsScoredWithoutModelAndTokens() {
    ScoreResult result =
        ScoreAction.on(
                spark,
                documents(
                    List.of(
                        RowFactory.create("repeated", "web", "long context ".repeat(500)),
                        RowFactory.create("empty", "web", ""))))
            .scorer("compressibility")
            .model("/no/model")
            .minTokens(100)
            .execute();

    assertThat(result.statuses()).containsEntry("scored", 1L).containsEntry("too-short", 1L);
    assertThat(result.counts().in()).isEqualTo(new Counts(2, 0));
    assertThat(result.measuredTokens()).isZero();
    Row repeated = result.scores().where("doc_id = 'repeated'").first();
    assertThat(repeated.<Double>getAs("score")).isEqualTo(64 / 6500.0);
    assertThat(repeated.<String, Double>getJavaMap(repeated.fieldIndex("details")))
        .containsOnlyKeys("gzip", "long_window", "far_repetition", "bytes", "level")
        .containsEntry("bytes", 6500.0);
    assertThat(result.scores().columns()).containsExactly(Tables.SCORES_SCHEMA.fieldNames());
  }

  @Test
  void scorersOfTextAndOfTheModelShareARun() {
    ScoreResult result =
        ScoreAction.on(
                spark,
                documents(
                    List.of(
                        RowFactory.create("long", "web", "It was a dark night. ".repeat(60)),
                        RowFactory.create("short", "web", "Day."),
                        RowFactory.create("empty", "web", ""))))
            .scorers(List.of("compressibility", "prolong"))
            .prolong(new ProLongSettings(32, 256, 0, "paper", 0.1))
            .minTokens(64)
            .execute();

    assertThat(result.scores().orderBy("scorer", "doc_id").collectAsList())
        .extracting(
            row -> row.getAs("scorer"), row -> row.getAs("doc_id"), row -> row.getAs("status"))
        .containsExactly(
            tuple("compressibility", "long", "scored"),
            tuple("compressibility", "short", "too-short"),
            tuple("prolong", "long", "scored"),
            tuple("prolong", "short", "too-short"));
    assertThat(result.scores().where("doc_id = 'short'").select("error").distinct().collectAsList())
        .singleElement()
        .asString()
        .contains("fewer than the 64 that are asked for");
  }

  private Dataset<Row> documents(List<Row> rows) {
    return spark.createDataFrame(rows, DOCUMENTS);
  }
}
