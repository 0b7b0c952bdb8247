package org.longspan.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.IntBinaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.longspan.relatedness.Exposure;
import org.longspan.relatedness.TextVectors;
import org.longspan.run.Counts;
import org.longspan.stage.Tables;
import org.longspan.testing.LocalSpark;

/** Eighty documents of ten topics in one domain, laid out by topic or against it. */
class RelatednessActionTest {
  private static final int TOPICS = 10;
  private static final int OF_A_TOPIC = 8;
  private static final int TOKENS = 40;

  private static final StructType DOCUMENTS =
      new StructType().add("doc_id", DataTypes.StringType).add("text", DataTypes.StringType);

  private static final SparkSession SPARK = LocalSpark.session();
  private static final List<Row> TEXTS = texts();

  /** Row r has the documents of topic r. */
  private static final List<Row> BY_TOPIC = rows((row, place) -> row * OF_A_TOPIC + place);

  /** Row r has a document of each of eight topics. */
  private static final List<Row> BY_CHANCE =
      rows((row, place) -> (row + place) % TOPICS * OF_A_TOPIC + place);

  @Test
  void rowsOfOneTopicAreMoreRelatedThanRowsByChance() {
    Map<String, Double> related = measure(BY_TOPIC, TEXTS);
    Map<String, Double> random = measure(BY_CHANCE, TEXTS);

    assertThat(related.get("within-row web")).isGreaterThan(3 * related.get("across-rows web"));
    assertThat(random.get("within-row web"))
        .isCloseTo(random.get("across-rows web"), within(0.1))
        .isLessThan(related.get("within-row web") / 2);
  }

  @Test
  void rowsOfOneTopicHaveSteeperFrequencies() {
    Map<String, Double> related = measure(BY_TOPIC, TEXTS);
    Map<String, Double> random = measure(BY_CHANCE, TEXTS);

    assertThat(related.get("zipf web")).isGreaterThan(random.get("zipf web") + 0.1).isPositive();
    // These rows are shorter than a piece, so that a mixed row is another one as a whole.
    assertThat(related.get("zipf-mixed web")).isCloseTo(related.get("zipf web"), within(1e-9));
  }

  @Test
  void duplicatesSideBySideAreSeen() {
    List<Row> doubled = new ArrayList<>(TEXTS);
    // The first two documents of each topic become one text, but for the last word.
    for (int topic = 0; topic < TOPICS; topic++) {
      int first = topic * OF_A_TOPIC;
      doubled.set(
          first + 1, RowFactory.create(name(first + 1), TEXTS.get(first).getString(1) + " end"));
    }

    Map<String, Double> found = measure(BY_TOPIC, doubled);
    assertThat(found.get("near-duplicates web")).isCloseTo(1 / 7.0, within(1e-12));
    assertThat(found.get("alike-beginnings web")).isCloseTo(1 / 7.0, within(1e-12));
    assertThat(measure(BY_TOPIC, TEXTS)).containsEntry("near-duplicates web", 0.0);
  }

  @Test
  void hubsAreTheDocumentsThatManyEdgesLeadTo() {
    List<Row> edges = new ArrayList<>();
    for (int d = 1; d < TEXTS.size(); d++) {
      edges.add(RowFactory.create(name(d), name(0), 0, 1.0, "bm25"));
    }

    edges.add(RowFactory.create(name(0), name(1), 0, 1.0, "bm25"));
    Map<String, Double> figures = byName(action(BY_TOPIC, TEXTS, edges).execute().figures());

    assertThat(figures)
        .containsEntry("most-edges", 79.0)
        .containsEntry("edges-to-top", 79 / 80.0)
        .containsEntry("in-degree 0", 78 / 80.0)
        .containsEntry("in-degree 1", 1 / 80.0)
        .containsEntry("in-degree 64", 1 / 80.0);
  }

  @Test
  void exposureIsThatOfAllRows() {
    RelatednessResult result = action(BY_TOPIC, TEXTS, List.of()).tail(16).execute();
    Map<String, Double> figures = byName(result.figures());

    // Parts of 40 tokens: 8 of them see less than 8, 8 less than 16, 16 less than 32, 8 the rest.
    assertThat(figures)
        .containsEntry("exposure web 0", 0.2)
        .containsEntry("exposure web 8", 0.2)
        .containsEntry("exposure web 16", 0.4)
        .containsEntry("exposure web 32", 0.2)
        .containsEntry("exposure-unmasked web 256", 64 / 320.0)
        .containsEntry("exact-weight 8", 1.0)
        .doesNotContainKey("most-edges");
    assertThat(figures.get("exact-weight 32")).isGreaterThan(figures.get("exact-weight 16"));
    assertThat(result.counts()).isEqualTo(new Counts(80, 80 * TOKENS));
  }

  @Test
  void noSampleLeavesExposureAlone() {
    RelatednessResult result =
        action(BY_TOPIC, TEXTS, List.of()).settings(new RelatednessSettings(0, 8, 100)).execute();

    assertThat(result.figures())
        .extracting(RelatednessFigure::measure)
        .containsOnly("exposure", "exposure-unmasked", "exact-weight");
  }

  @Test
  void figuresDoNotDependOnOrderOrPartitions() {
    List<Row> shuffled = new ArrayList<>(BY_CHANCE);
    Collections.shuffle(shuffled, new Random(3));
    RelatednessSettings few = new RelatednessSettings(5, 3, 200);

    assertThat(
            RelatednessAction.on(
                    SPARK,
                    SPARK.createDataFrame(shuffled, Tables.SEQUENCES_SCHEMA).repartition(5),
                    SPARK.createDataFrame(TEXTS, DOCUMENTS).repartition(7),
                    SPARK.createDataFrame(List.<Row>of(), Tables.EDGES_SCHEMA))
                .settings(few)
                .execute()
                .figures())
        .isEqualTo(action(BY_CHANCE, TEXTS, List.of()).settings(few).execute().figures());
  }

  @Test
  void anotherEmbedderIsOneLine() {
    RelatednessResult result =
        action(BY_TOPIC, TEXTS, List.of()).vectors(new FirstLetter()).execute();

    assertThat(result.vectors()).isEqualTo("first-letter");
    assertThat(byName(result.figures()))
        .containsEntry("within-row web", 1.0)
        .containsEntry("across-rows web", 0.0);
  }

  @Test
  void aDocumentWithoutATextIsNamed() {
    assertThatThrownBy(() -> measure(BY_TOPIC, TEXTS.subList(1, TEXTS.size())))
        .rootCause()
        .hasMessage("Document doc-00 stands in a sequence, but is not among the documents.");
  }

  /** Texts of one topic begin with the same letter. */
  private static final class FirstLetter implements TextVectors {
    @Override
    public String name() {
      return "first-letter";
    }

    @Override
    public float[] of(String text) {
      float[] vector = new float[TOPICS];
      vector[text.charAt(0) - 'a'] = 1;
      return vector;
    }
  }

  private static Map<String, Double> measure(List<Row> sequences, List<Row> texts) {
    return byName(action(sequences, texts, List.of()).execute().figures());
  }

  private static RelatednessAction action(List<Row> sequences, List<Row> texts, List<Row> edges) {
    Dataset<Row> table = SPARK.createDataFrame(sequences, Tables.SEQUENCES_SCHEMA);
    return RelatednessAction.on(
        SPARK,
        table,
        SPARK.createDataFrame(texts, DOCUMENTS),
        SPARK.createDataFrame(edges, Tables.EDGES_SCHEMA));
  }

  private static Map<String, Double> byName(List<RelatednessFigure> figures) {
    Map<String, Double> values = new TreeMap<>();
    figures.forEach(
        figure ->
            values.put(
                figure.measure()
                    + (figure.domain() == null ? "" : " " + figure.domain())
                    + (figure.atLeast() == null ? "" : " " + figure.atLeast()),
                figure.value()));
    return values;
  }

  private static List<Row> texts() {
    SplittableRandom random = new SplittableRandom(4);
    List<Row> texts = new ArrayList<>();
    for (int d = 0; d < TOPICS * OF_A_TOPIC; d++) {
      char topic = (char) ('a' + d / OF_A_TOPIC);
      texts.add(
          RowFactory.create(
              name(d),
              IntStream.range(0, 60)
                  .mapToObj(
                      w -> w % 3 == 2 ? "the" + random.nextInt(5) : topic + "" + random.nextInt(40))
                  .collect(Collectors.joining(" "))));
    }

    return texts;
  }

  private static List<Row> rows(IntBinaryOperator documentAt) {
    List<Row> rows = new ArrayList<>();
    for (int row = 0; row < TOPICS; row++) {
      List<Row> spans = new ArrayList<>();
      List<Integer> tokens = new ArrayList<>();
      for (int place = 0; place < OF_A_TOPIC; place++) {
        int document = documentAt.applyAsInt(row, place);
        spans.add(RowFactory.create(name(document), 0, 0, TOKENS, "body"));
        // The tokens of a topic: one of them once, another twice, four times, ...
        IntStream.range(0, TOKENS)
            .forEach(t -> tokens.add(100 * (document / OF_A_TOPIC) + Exposure.bucket(8 * t)));
      }

      rows.add(
          RowFactory.create(
              (long) row,
              tokens.toArray(new Integer[0]),
              spans.toArray(new Row[0]),
              Collections.nCopies(OF_A_TOPIC, TOKENS).toArray(new Integer[0]),
              null,
              null,
              0.5,
              "splice",
              new String[] {"web"}));
    }

    return rows;
  }

  private static String name(int document) {
    return "doc-%02d".formatted(document);
  }
}
