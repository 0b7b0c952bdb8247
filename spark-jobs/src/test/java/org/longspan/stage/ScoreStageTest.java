package org.longspan.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longspan.action.TokenizeAction;
import org.longspan.conf.ConfigurationException;
import org.longspan.model.TorchScript;
import org.longspan.run.Balance;
import org.longspan.scoring.AttentionSettings;
import org.longspan.scoring.ContextSettings;
import org.longspan.scoring.GradientSettings;
import org.longspan.scoring.ProLongSettings;
import org.longspan.scoring.ScoringSettings;
import org.longspan.scoring.SideTables;
import org.longspan.testing.LocalSpark;

class ScoreStageTest {
  private static final StructType DOCUMENTS =
      new StructType()
          .add("doc_id", DataTypes.StringType)
          .add("domain", DataTypes.StringType)
          .add("text", DataTypes.StringType);
  private static final ProLongSettings SMALL = ProLongSettings.published(16, 256, 20, "code", 0.0);
  private final SparkSession spark = LocalSpark.session();

  @Test
  void everyDocumentHasAStatusAndOnlyScoredOnesAScore(@TempDir Path directory) {
    FolderContext context = context(directory, 2);

    Balance balance = stage(SMALL).run(context);

    assertThat(balance.holds()).isTrue();
    assertThat(balance.in().documents()).isEqualTo(14);
    List<Row> scores = sorted(context);
    assertThat(scores).hasSize(14);
    assertThat(scores)
        .allSatisfy(
            row -> {
              assertThat(row.<String>getAs("scorer")).isEqualTo("prolong");
              boolean scored = row.<String>getAs("status").equals("scored");
              assertThat(row.isNullAt(row.fieldIndex("score"))).isEqualTo(!scored);
              assertThat(row.isNullAt(row.fieldIndex("error"))).isEqualTo(scored);
              assertThat(row.getJavaMap(row.fieldIndex("details")).isEmpty()).isEqualTo(!scored);
            });
    assertThat(scores.stream().filter(row -> row.<String>getAs("status").equals("too-short")))
        .hasSize(2)
        .anySatisfy(
            row ->
                assertThat(row.<String>getAs("error"))
                    .contains("fewer than the 40 that are asked"));
    assertThat(context.figures())
        .containsEntry("documents.scored", 12.0)
        .containsEntry("documents.too-short", 2.0)
        .containsEntry("documents.failed", 0.0)
        .containsEntry("shards.reused", 0.0)
        .hasEntrySatisfying("shards", shards -> assertThat(shards).isGreaterThan(2));
    assertThat(context.lines()).isNotEmpty();
  }

  @Test
  void partitionsOfTheInputChangeNothing(@TempDir Path one, @TempDir Path many) {
    FolderContext first = context(one, 1);
    FolderContext second = context(many, 7);

    stage(SMALL).run(first);
    stage(SMALL).run(second);

    assertThat(sorted(first)).isEqualTo(sorted(second));
  }

  @Test
  void aSecondJobDoesOnlyTheShardsThatAreMissing(@TempDir Path whole, @TempDir Path broken)
      throws IOException {
    FolderContext first = context(whole, 2);
    stage(SMALL).run(first);
    List<Path> shards = shards(whole);
    Path work = Files.createDirectories(broken.resolve("work"));

    for (Path shard : shards.subList(0, shards.size() - 1)) {
      Files.copy(shard, work.resolve(shard.getFileName()), StandardCopyOption.REPLACE_EXISTING);
    }

    Files.writeString(work.resolve("_" + shards.get(0).getFileName() + "-x"), "{\"doc_id\": \"br");
    FolderContext second = context(broken, 3);
    stage(SMALL).run(second);

    assertThat(second.figures()).containsEntry("shards.reused", shards.size() - 1.0);
    assertThat(sorted(second)).isEqualTo(sorted(first));
    assertThat(Files.readAllLines(shards(broken).get(shards.size() - 1)))
        .isEqualTo(Files.readAllLines(shards.get(shards.size() - 1)));
  }

  @Test
  void committedShardsAreTakenAsTheyAre(@TempDir Path directory) throws IOException {
    FolderContext context = context(directory, 2);
    stage(SMALL).run(context);
    List<Row> scores = sorted(context);

    FolderContext again = context(Files.createDirectories(directory.resolve("again")), 2);
    Files.move(directory.resolve("work"), directory.resolve("again/work"));
    stage(SMALL).run(again);

    assertThat(again.figures().get("shards.reused")).isEqualTo(again.figures().get("shards"));
    assertThat(again.figures()).containsEntry("tokens-per-second", 0.0);
    assertThat(sorted(again)).isEqualTo(scores);
  }

  @Test
  void aDocumentThatFailsTakesNoOtherWithIt(@TempDir Path directory) {
    FolderContext context = context(directory, 2);
    context.with(
        Tables.TOKENS,
        context
            .table(Tables.TOKENS)
            .selectExpr(
                "doc_id",
                "domain",
                "n_tokens",
                "transform(input_ids, id -> if(doc_id = 'doc-3', 9999, id)) as input_ids"));

    stage(SMALL).run(context);

    assertThat(context.figures())
        .containsEntry("documents.failed", 1.0)
        .containsEntry("documents.scored", 11.0);
    assertThat(sorted(context).stream().filter(row -> row.getAs("status").equals("failed")))
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.<String>getAs("doc_id")).isEqualTo("doc-3");
              assertThat(row.<String>getAs("error"))
                  .contains("token id 9999 is not in the model's vocabulary of 8192");
            });
  }

  @Test
  void textIsTokenizedAgainWhereTheTrainersTokenizerIsAnother(@TempDir Path directory)
      throws IOException {
    FolderContext own = context(Files.createDirectories(directory.resolve("own")), 2);
    stage(SMALL).run(own);
    Path other = directory.resolve("tokenizer.json");
    Files.writeString(other, json().replace("\"version\": \"1.0\"", "\"version\":  \"1.0\""));
    FolderContext foreign = context(Files.createDirectories(directory.resolve("foreign")), 2);
    foreign.with(
        Tables.TOKENS,
        foreign
            .table(Tables.TOKENS)
            .selectExpr(
                "doc_id", "domain", "n_tokens", "transform(input_ids, id -> 5) as input_ids"));

    stage(SMALL, other.toString()).run(foreign);

    assertThat(sorted(foreign)).isEqualTo(sorted(own));
  }

  @Test
  void scorersOfTextNeedNoModelAndKeepTheLeastLength(@TempDir Path directory) {
    FolderContext context = context(directory, 3);
    ScoreStage stage =
        new ScoreStage(
            new ScoringSettings(List.of("compressibility"), 40, SMALL, ContextSettings.SHARED, 0),
            "/nowhere",
            TorchScript.REFUSED,
            4096,
            "cpu",
            1000,
            "builtin:starter");

    assertThat(stage.identity()).containsEntry("model", "none");
    assertThat(stage.run(context).holds()).isTrue();
    assertThat(context.figures())
        .containsEntry("documents.scored", 12.0)
        .containsEntry("documents.too-short", 2.0)
        .containsEntry("measured-tokens", 0.0);
  }

  @Test
  void aCombinedScoreIsOneMoreRowADocument(@TempDir Path directory) {
    FolderContext context = context(directory, 2);

    new ScoreStage(
            new ScoringSettings(
                List.of("prolong", "compressibility"), 40, SMALL, ContextSettings.SHARED, 0),
            "builtin:starter",
            TorchScript.REFUSED,
            2048,
            "cpu",
            1500,
            "builtin:starter")
        .combining(Map.of("prolong", 1.0, "compressibility", -0.5), List.of(), 5)
        .run(context);

    Dataset<Row> combined = context.table(Tables.SCORES).where("scorer = 'combined'");
    assertThat(combined.count()).isEqualTo(14);
    assertThat(combined.where("status = 'scored'").count()).isEqualTo(12);
    assertThat(combined.where("score <= 0 or score >= 1").count()).isZero();
    assertThat(combined.where("doc_id = 'short'").first().<String>getAs("error"))
        .isEqualTo(
            "The document lacks a score by compressibility (too-short), prolong (too-short).");
  }

  @Test
  void anEmptyCorpusHasNoScores(@TempDir Path directory) {
    FolderContext context = new FolderContext(directory);
    put(context, List.of(), 1);

    assertThat(stage(SMALL).run(context).in().documents()).isZero();
    assertThat(context.table(Tables.SCORES).count()).isZero();
    assertThat(context.figures()).containsEntry("shards", 0.0);
  }

  @Test
  void theIdentityHoldsAllThatDecidesAScore() {
    assertThat(stage(SMALL).identity())
        .containsKeys("settings", "model", "batch-tokens", "device", "shard-tokens");
    assertThat(stage(SMALL).seeded()).isTrue();
    assertThat(stage(SMALL).identity())
        .isNotEqualTo(stage(ProLongSettings.published(16, 256, 21, "code", 0.0)).identity());
  }

  @Test
  void aMissingModelIsAProblemOfTheConfiguration() {
    ScoreStage stage =
        new ScoreStage(
            settings(SMALL, 0),
            "/nowhere",
            TorchScript.REFUSED,
            4096,
            "cpu",
            1000,
            "builtin:starter");

    assertThatThrownBy(stage::identity)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("longspan.model.path")
        .hasMessageContaining("/nowhere");
  }

  @Test
  void aTokenizerThatDoesNotFitTheModelIsRefused(@TempDir Path directory) throws IOException {
    for (String file : List.of("config.json", "tokenizer_config.json", "model.safetensors")) {
      try (var in = ScoreStage.class.getResourceAsStream("/org/longspan/model/starter/" + file)) {
        Files.copy(in, directory.resolve(file));
      }
    }

    Files.writeString(
        directory.resolve("tokenizer.json"), json().replaceFirst("\"id\": 2,", "\"id\": 9000,"));
    ScoreStage stage =
        new ScoreStage(
            settings(SMALL, 0),
            directory.toString(),
            TorchScript.REFUSED,
            4096,
            "cpu",
            1000,
            "builtin:starter");

    assertThatThrownBy(stage::identity)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("ids up to 9000")
        .hasMessageContaining("vocabulary of 8192");
  }

  @Test
  void anUnknownScorerIsRefusedWithTheKnownNames() {
    assertThatThrownBy(
            () ->
                stage(new ScoringSettings(List.of("prolnog"), 0, SMALL, ContextSettings.SHARED, 0)))
        .hasMessageContaining("prolnog")
        .hasMessageContaining("prolong");
  }

  @Test
  void aWindowThatTheModelHasNoPositionsForIsAProblemOfTheConfiguration() {
    ContextSettings wide = ContextSettings.SHARED.withWindow(4096);
    ScoreStage stage = stage(new ScoringSettings(List.of("longfilter"), 0, SMALL, wide, 0));

    assertThatThrownBy(stage::identity)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("4,096 tokens")
        .hasMessageContaining("2,048 positions");
  }

  @Test
  void headsThatTheModelLacksAreAProblemOfTheConfiguration() {
    ContextSettings absent =
        ContextSettings.SHARED.with(
            AttentionSettings.PUBLISHED.with(
                new AttentionSettings.LadmSettings(
                    "code", 0, 4, 4, 0, List.of(), List.of("99/0"))));
    ScoreStage stage = stage(new ScoringSettings(List.of("ladm"), 0, SMALL, absent, 0));

    assertThatThrownBy(stage::identity)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("There is no layer 99");
  }

  @Test
  void aModelComparedWithItselfGainsNothing(@TempDir Path directory) {
    FolderContext context = context(directory, 2);

    comparing("log-ratio", "longrecipe", "gateau").comparing("builtin:starter").run(context);

    assertThat(context.figures()).containsEntry("documents.failed", 0.0);
    assertThat(context.table(Tables.SCORES).where("status = 'scored'").collectAsList())
        .hasSize(24)
        .allSatisfy(row -> assertThat(row.<Double>getAs("score")).isCloseTo(0, within(1e-3)));
  }

  @Test
  void anotherCompanionGivesOtherScoresAndAnotherIdentity(@TempDir Path directory)
      throws IOException {
    Path damaged = starter(directory.resolve("damaged"));
    edit(damaged.resolve("config.json"), "\"rms_norm_eps\": 1e-05", "\"rms_norm_eps\": 10.0");
    ScoreStage stage = comparing("log-ratio", "gateau");
    FolderContext context = context(directory, 2);

    stage.comparing(damaged.toString()).run(context);

    assertThat(stage.comparing(damaged.toString()).identity().get("companion"))
        .hasSize(64)
        .isNotEqualTo(stage.comparing("builtin:starter").identity().get("companion"));
    Row sums =
        context
            .table(Tables.SCORES)
            .where("status = 'scored'")
            .selectExpr(
                "max(abs(score - ln(details['ppl_short'] / details['ppl_long'])))", "avg(score)")
            .first();
    assertThat(sums.getDouble(0)).isLessThan(1e-9);
    assertThat(sums.getDouble(1)).as("a damaged companion predicts worse").isPositive();
  }

  @Test
  void publishedGuidanceIsASoftmaxOverAllDocuments(@TempDir Path directory) throws IOException {
    Path damaged = starter(directory.resolve("damaged"));
    edit(damaged.resolve("config.json"), "\"rms_norm_eps\": 1e-05", "\"rms_norm_eps\": 10.0");
    FolderContext context = context(directory, 2);

    comparing("published", "gateau").comparing(damaged.toString()).run(context);

    Row sums =
        context
            .table(Tables.SCORES)
            .selectExpr("sum(score)", "min(score)", "max(score)", "count(score)")
            .first();
    assertThat(sums.getDouble(0)).isCloseTo(1, within(1e-9));
    assertThat(sums.getDouble(1)).isPositive().isLessThan(1 / 12.0);
    assertThat(sums.getDouble(2)).isGreaterThan(1 / 12.0);
    assertThat(sums.getLong(3)).isEqualTo(12);
  }

  /** Four windows of 512 tokens at most, with three segments each. */
  @Test
  void guidanceJoinsAwarenessScaledOverTheDocumentsThatHaveBoth(@TempDir Path directory)
      throws IOException {
    Path damaged = starter(directory.resolve("damaged"));
    edit(damaged.resolve("config.json"), "\"rms_norm_eps\": 1e-05", "\"rms_norm_eps\": 10.0");
    FolderContext context = context(directory, 2);
    ContextSettings shared = ContextSettings.SHARED;
    ContextSettings joined =
        new ContextSettings(
            new ContextSettings.Windows(512, 4, false, "tiled"),
            shared.copies(),
            shared.methods().with(new ContextSettings.GateauSettings(0, "log-ratio", 128, 0.8)),
            shared.attention());

    stage(new ScoringSettings(List.of("gateau", "gateau-awareness"), 40, SMALL, joined, 0))
        .comparing(damaged.toString())
        .run(context);

    Map<String, Row> guided = byDocument(context, "gateau");
    Map<String, Row> aware = byDocument(context, "gateau-awareness");
    double[] guidance = details(guided, "guidance");
    double[] awareness = details(guided, "awareness");
    assertThat(guidance).hasSizeBetween(8, 11);
    guided.forEach(
        (document, row) -> {
          assertThat(row.<String>getAs("status")).isEqualTo(aware.get(document).getAs("status"));
          Map<String, Double> details = row.getJavaMap(row.fieldIndex("details"));

          if (row.isNullAt(row.fieldIndex("score"))) {
            assertThat(details).isEmpty();
            assertThat(row.<String>getAs("error")).isNotEmpty();
            return;
          }

          assertThat(row.isNullAt(row.fieldIndex("error"))).isTrue();
          assertThat(details.get("guidance"))
              .isCloseTo(
                  Math.log(details.get("ppl_short") / details.get("ppl_long")), within(1e-9));
          assertThat(details.get("awareness"))
              .isBetween(0.0, 1.0)
              .isEqualTo(aware.get(document).<Double>getAs("score"));
          assertThat(row.<Double>getAs("score"))
              .isCloseTo(
                  0.8 * scaled(details.get("guidance"), guidance)
                      + 0.2 * scaled(details.get("awareness"), awareness),
                  within(1e-12));
        });
    assertThat(guided.get("doc-0").<String>getAs("error"))
        .as("guidance alone would have been there")
        .isEqualTo("The document lacks a score by gateau-awareness (too-short).");
    assertThat(guided.get("short").<String>getAs("error")).contains("that are asked for");
  }

  private static Map<String, Row> byDocument(FolderContext context, String scorer) {
    return context
        .table(Tables.SCORES)
        .where(functions.col("scorer").equalTo(scorer))
        .collectAsList()
        .stream()
        .collect(Collectors.toMap(row -> row.<String>getAs("doc_id"), row -> row));
  }

  private static double[] details(Map<String, Row> rows, String name) {
    return rows.values().stream()
        .<Map<String, Double>>map(row -> row.getJavaMap(row.fieldIndex("details")))
        .filter(details -> details.containsKey(name))
        .mapToDouble(details -> details.get(name))
        .toArray();
  }

  private static double scaled(double value, double[] all) {
    double least = Arrays.stream(all).min().orElseThrow();
    return (value - least) / (Arrays.stream(all).max().orElseThrow() - least);
  }

  @Test
  void whatACompanionMustBeIsAProblemOfTheConfiguration(@TempDir Path directory)
      throws IOException {
    ScoreStage stage = comparing("log-ratio", "longrecipe");
    Path wider = starter(directory.resolve("wider"));
    edit(wider.resolve("config.json"), "\"vocab_size\": 8192", "\"vocab_size\": 8200");
    Path other = starter(directory.resolve("other"));
    edit(other.resolve("tokenizer.json"), "\"version\": \"1.0\"", "\"version\":  \"1.0\"");
    Path shorter = starter(directory.resolve("shorter"));
    edit(
        shorter.resolve("config.json"),
        "\"max_position_embeddings\": 2048",
        "\"max_position_embeddings\": 32");

    companionRefused(stage, "set model.companion to the directory");
    companionRefused(stage.comparing("/nowhere"), "/nowhere");
    companionRefused(stage.comparing(wider.toString()), "vocabulary of 8192 and its companion at");
    companionRefused(
        stage.comparing(other.toString()), "the tokenizer.json at builtin:starter is not");
    companionRefused(stage.comparing(shorter.toString()), "set score.contexts.window = 32");
  }

  @Test
  void aCompanionThatNobodyAsksIsNotRead() {
    assertThat(stage(SMALL).comparing("/nowhere").identity())
        .isEqualTo(stage(SMALL).identity())
        .containsEntry("companion", "none");
  }

  @Test
  void tokenWeightsAreATableWithAWeightForEachToken(@TempDir Path directory) throws IOException {
    FolderContext context = context(directory, 2);
    ScoreStage stage = weighing("longce", "longce", "longppl");

    assertThat(stage.tables()).containsExactly("scores", "token_weights");
    assertThat(stage.run(context).holds()).isTrue();

    Dataset<Row> weights = context.table(Tables.TOKEN_WEIGHTS);
    assertThat(context.figures()).containsEntry("rows.token_weights", 12.0);
    List<Row> checked =
        weights
            .join(context.table(Tables.TOKENS), "doc_id")
            .join(context.table(Tables.SCORES).where("scorer = 'longce'").drop("scorer"), "doc_id")
            .selectExpr(
                "scorer",
                "size(weights) - n_tokens",
                "aggregate(weights, 0d, (s, w) -> s + w) - n_tokens",
                "(score - 1) * details['eligible_tokens']",
                "array_max(weights)",
                "array_max(slice(weights, 1, 8))")
            .collectAsList();
    assertThat(checked)
        .hasSize(12)
        .allSatisfy(
            row -> {
              assertThat(row.getString(0)).isEqualTo("longce");
              assertThat(row.getInt(1)).isZero();
              assertThat(row.getDouble(2)).isCloseTo(row.getDouble(3), within(1e-3));
              assertThat(row.getFloat(4)).isBetween(1f, 5f);
              assertThat(row.getFloat(5)).isEqualTo(1);
            });

    FolderContext again = context(Files.createDirectories(directory.resolve("again")), 3);
    Files.move(directory.resolve("work"), directory.resolve("again/work"));
    stage.run(again);
    assertThat(again.figures().get("shards.reused")).isEqualTo(again.figures().get("shards"));
    assertThat(again.table(Tables.TOKEN_WEIGHTS).orderBy("doc_id").collectAsList())
        .isEqualTo(weights.orderBy("doc_id").collectAsList());
  }

  @Test
  void aDocumentThatRepeatsItsFirstHalfLeansOnItSegmentBySegment(@TempDir Path directory)
      throws IOException {
    FolderContext context = repeated(directory, 2);
    ScoreStage stage = linking(new SideTables.LinkSettings("prolong", 12, 64), 1024);

    assertThat(stage.tables()).containsExactly("scores", "links");
    assertThat(stage.run(context).holds()).isTrue();

    List<Row> links = context.table(Tables.LINKS).orderBy("rank").collectAsList();
    assertThat(context.figures()).containsEntry("rows.links", 12.0);
    assertThat(context.table(Tables.LINKS).schema().fieldNames())
        .isEqualTo(Tables.LINKS_SCHEMA.fieldNames());
    assertThat(links)
        .hasSize(12)
        .allSatisfy(
            link -> {
              assertThat(link.<String>getAs("doc_id")).isEqualTo("twice");
              assertThat(link.<String>getAs("scorer")).isEqualTo("prolong");
              assertThat(link.<Integer>getAs("distance")).isEqualTo(512);
              assertThat(link.<Integer>getAs("end") - link.<Integer>getAs("start")).isEqualTo(32);
              assertThat(link.<Integer>getAs("start") - link.<Integer>getAs("earlier_start"))
                  .isEqualTo(512);
            });
    assertThat(links)
        .extracting(link -> link.<Double>getAs("strength"))
        .isSortedAccordingTo(Comparator.reverseOrder())
        .allSatisfy(strength -> assertThat(strength).isGreaterThan(0.5));

    FolderContext again = repeated(Files.createDirectories(directory.resolve("again")), 1);
    Files.move(directory.resolve("work"), directory.resolve("again/work"));
    stage.run(again);
    assertThat(again.figures().get("shards.reused")).isEqualTo(again.figures().get("shards"));
    assertThat(again.table(Tables.LINKS).orderBy("rank").collectAsList()).isEqualTo(links);
  }

  @Test
  void linksOfADocumentOfWhichSegmentsAreDrawnStandAtTheirPlaces(@TempDir Path directory)
      throws IOException {
    FolderContext context = repeated(directory, 1);

    linking(new SideTables.LinkSettings("prolong", 99, 1), 256).run(context);

    List<Row> links = context.table(Tables.LINKS).collectAsList();
    assertThat(links)
        .hasSizeLessThan(29)
        .allSatisfy(
            link -> {
              assertThat(link.<Integer>getAs("start") % 32).isZero();
              assertThat(link.<Integer>getAs("earlier_start"))
                  .isLessThan(link.<Integer>getAs("start"));
            })
        .anySatisfy(link -> assertThat(link.<Integer>getAs("start")).isGreaterThanOrEqualTo(256));
  }

  @Test
  void attentionLinksTheSecondHalfOfARepetitionToTheFirst(@TempDir Path directory)
      throws IOException {
    FolderContext context = repeated(directory, 1);
    AttentionSettings everySpan =
        AttentionSettings.PUBLISHED.with(
            new AttentionSettings.LadmSettings("code", 32, 1, 1, 0, List.of(), List.of()));
    ScoreStage stage =
        stage(
            new ScoringSettings(
                    List.of("ladm"),
                    40,
                    SMALL,
                    ContextSettings.SHARED.withWindow(1024).with(everySpan),
                    0)
                .withSideTables(SideTables.NONE.with(new SideTables.LinkSettings("ladm", 8, 256))));

    assertThat(stage.run(context).holds()).isTrue();

    List<Row> links = context.table(Tables.LINKS).orderBy("rank").collectAsList();
    assertThat(links)
        .hasSize(8)
        .allSatisfy(
            link -> {
              assertThat(link.<String>getAs("scorer")).isEqualTo("ladm");
              assertThat(link.<Integer>getAs("end") - link.<Integer>getAs("start")).isEqualTo(32);
              assertThat(link.<Double>getAs("strength")).isBetween(0.0, 1.0);
            });
    // Chance would put a sixth of them there; what comes next was told one segment later.
    assertThat(links)
        .filteredOn(link -> Set.of(512, 544, 576).contains(link.<Integer>getAs("distance")))
        .hasSizeGreaterThanOrEqualTo(5);
  }

  /** Batches of 16 tokens, segments of 8, and a step as large as the starter is small. */
  @Test
  void scoresFromGradientsAreTheSameInAnyPartitions(@TempDir Path one, @TempDir Path many) {
    GradientSettings small =
        GradientSettings.PUBLISHED
            .with(new GradientSettings.StructureSettings(64, 2, 16, 8, 0.01, 0.1))
            .with(new GradientSettings.DenoisingSettings(16, 16, "l1"));
    ScoreStage stage =
        stage(
            contrasting("log-ratio", "context-denoising", "parallel-structures")
                .withGradients(small)
                .withSideTables(SideTables.NONE.withTokenWeights("context-denoising")));
    FolderContext first = context(one, 1);
    FolderContext second = context(many, 5);

    assertThat(stage.run(first).holds()).isTrue();
    stage.run(second);

    assertThat(first.table(Tables.SCORES).where("status = 'scored'").collectAsList())
        .hasSize(24)
        .allSatisfy(row -> assertThat(row.<Double>getAs("score")).isNotNaN());
    assertThat(first.table(Tables.SCORES).where("details['far_share'] > 1").isEmpty()).isTrue();

    for (String table : stage.tables()) {
      assertThat(first.table(table).orderBy("doc_id", "scorer").collectAsList())
          .isEqualTo(second.table(table).orderBy("doc_id", "scorer").collectAsList());
    }
  }

  @Test
  void sideTablesOfAScorerThatFillsNoneAreRefused() {
    refused(weighing("longppl", "longppl"), "Token weights of 'longppl' are wanted");
    SideTables.LinkSettings ofSpectrum = new SideTables.LinkSettings("spectrum", 16, 512);
    refused(
        linking(ofSpectrum, 256),
        "Links of 'spectrum' are wanted, but of the scorers that are computed only [prolong]");
    refused(
        stage(
            new ScoringSettings(List.of("cohesion"), 40, SMALL, ContextSettings.SHARED, 0)
                .withSideTables(SideTables.NONE.with(ofSpectrum))),
        "only [] give them");
    assertThat(linking(new SideTables.LinkSettings("prolong", 16, 512), 256).identity())
        .isNotEqualTo(linking(new SideTables.LinkSettings("prolong", 17, 512), 256).identity());
  }

  private static void refused(ScoreStage stage, String message) {
    assertThatThrownBy(stage::identity)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(message);
  }

  /** ProLong of all pairs of segments of 32 tokens, with links. */
  private static ScoreStage linking(SideTables.LinkSettings links, int window) {
    return stage(
        settings(ProLongSettings.published(32, window, 0, "code", 0.0), 40)
            .withSideTables(SideTables.NONE.with(links)));
  }

  /** The scorers of {@link #comparing}, of which one weighs tokens. */
  private static ScoreStage weighing(String weigher, String... scorers) {
    return stage(
        contrasting("log-ratio", scorers)
            .withSideTables(SideTables.NONE.withTokenWeights(weigher)));
  }

  private static ScoreStage stage(ScoringSettings settings) {
    return new ScoreStage(
        settings, "builtin:starter", TorchScript.REFUSED, 2048, "cpu", 4000, "builtin:starter");
  }

  /** A document of 512 tokens of English, twice. */
  private FolderContext repeated(Path directory, int partitions) throws IOException {
    String text = Files.readString(Path.of(System.getProperty("longspan.root"), "docs/tables.md"));
    FolderContext context = new FolderContext(directory);
    put(context, List.of(RowFactory.create("twice", "docs", text)), partitions);
    return context.with(
        Tables.TOKENS,
        context
            .table(Tables.TOKENS)
            .selectExpr(
                "doc_id",
                "domain",
                "1024 as n_tokens",
                "concat(slice(input_ids, 1, 512), slice(input_ids, 1, 512)) as input_ids"));
  }

  private static void companionRefused(ScoreStage stage, String message) {
    assertThatThrownBy(stage::identity)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("longspan.model.companion")
        .hasMessageContaining(message);
  }

  /** Three windows of 64 tokens a document, and short contexts of 8. */
  private static ScoreStage comparing(String mode, String... scorers) {
    return stage(contrasting(mode, scorers));
  }

  private static ScoringSettings contrasting(String mode, String... scorers) {
    ContextSettings shared = ContextSettings.SHARED;
    ContextSettings small =
        new ContextSettings(
            new ContextSettings.Windows(64, 3, false, "tiled"),
            shared.copies(),
            shared.methods().with(new ContextSettings.GateauSettings(0, mode, 128, 1)),
            shared.attention());
    return new ScoringSettings(List.of(scorers), 40, SMALL, small, 0);
  }

  private static Path starter(Path directory) throws IOException {
    Files.createDirectories(directory);

    for (String file :
        List.of("config.json", "tokenizer.json", "tokenizer_config.json", "model.safetensors")) {
      try (var in = ScoreStage.class.getResourceAsStream("/org/longspan/model/starter/" + file)) {
        Files.copy(in, directory.resolve(file));
      }
    }

    return directory;
  }

  private static void edit(Path file, String from, String to) throws IOException {
    String before = Files.readString(file);
    assertThat(before).contains(from);
    Files.writeString(file, before.replace(from, to));
  }

  private static ScoreStage stage(ProLongSettings prolong) {
    return stage(prolong, "builtin:starter");
  }

  private static ScoreStage stage(ProLongSettings prolong, String tokenizer) {
    return new ScoreStage(
        settings(prolong, 40),
        "builtin:starter",
        TorchScript.REFUSED,
        2048,
        "cpu",
        1500,
        tokenizer);
  }

  private static ScoringSettings settings(ProLongSettings prolong, int minTokens) {
    return new ScoringSettings(List.of("prolong"), minTokens, prolong, ContextSettings.SHARED, 0);
  }

  private static String json() throws IOException {
    try (var in =
        ScoreStage.class.getResourceAsStream("/org/longspan/model/starter/tokenizer.json")) {
      return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
  }

  private FolderContext context(Path directory, int partitions) {
    List<Row> rows = new ArrayList<>();
    rows.add(RowFactory.create("short", "web", "Too short."));
    rows.add(RowFactory.create("shorter than asked", "web", "one two three four five ".repeat(6)));

    for (int d = 0; d < 12; d++) {
      rows.add(RowFactory.create("doc-" + d, d % 2 == 0 ? "book" : "web", text(d)));
    }

    FolderContext context = new FolderContext(directory);
    put(context, rows, partitions);
    return context;
  }

  private void put(FolderContext context, List<Row> rows, int partitions) {
    Dataset<Row> documents = spark.createDataFrame(rows, DOCUMENTS).repartition(partitions);
    context.with(Tables.DOCUMENTS, documents);
    context.with(Tables.TOKENS, TokenizeAction.on(spark, documents, "builtin:starter").tokens());
  }

  private static String text(int document) {
    Random random = new Random(document);
    StringBuilder text = new StringBuilder();

    for (int i = 0; i < 30 + 25 * document; i++) {
      text.append("The captain ").append(random.nextInt(9)).append(" saw the harbour. ");
    }

    return text.toString();
  }

  private static List<Row> sorted(FolderContext context) {
    return context.table(Tables.SCORES).orderBy("doc_id").collectAsList();
  }

  private static List<Path> shards(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("work"))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("shard"))
          .sorted()
          .toList();
    }
  }
}
