package org.longspan.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longspan.action.TokenizeAction;
import org.longspan.conf.ConfigurationException;
import org.longspan.run.Balance;
import org.longspan.scoring.ProLongSettings;
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
        .containsKeys(
            "scorers", "prolong", "model", "batch-tokens", "device", "min-tokens", "shard-tokens");
    assertThat(stage(SMALL).seeded()).isTrue();
    assertThat(stage(SMALL).identity())
        .isNotEqualTo(stage(ProLongSettings.published(16, 256, 21, "code", 0.0)).identity());
  }

  @Test
  void aMissingModelIsAProblemOfTheConfiguration() {
    ScoreStage stage =
        new ScoreStage(
            List.of("prolong"), SMALL, "/nowhere", 4096, "cpu", 0, 1000, "builtin:starter");

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
            List.of("prolong"),
            SMALL,
            directory.toString(),
            4096,
            "cpu",
            0,
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
                new ScoreStage(
                    List.of("prolnog"),
                    SMALL,
                    "builtin:starter",
                    4096,
                    "cpu",
                    0,
                    1000,
                    "builtin:starter"))
        .hasMessageContaining("prolnog")
        .hasMessageContaining("name one of prolong");
  }

  private static ScoreStage stage(ProLongSettings prolong) {
    return stage(prolong, "builtin:starter");
  }

  private static ScoreStage stage(ProLongSettings prolong, String tokenizer) {
    return new ScoreStage(
        List.of("prolong"), prolong, "builtin:starter", 2048, "cpu", 40, 1500, tokenizer);
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
