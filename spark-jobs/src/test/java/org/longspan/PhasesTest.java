package org.longspan;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.not;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.longspan.conf.ConfigurationException;
import org.longspan.conf.Configurations;
import org.longspan.conf.RunConfiguration;
import org.longspan.plan.PhaseForecast;
import org.longspan.plan.RunForecast;
import org.longspan.report.Facts;
import org.longspan.report.PhaseFacts;
import org.longspan.run.CommitRecord;
import org.longspan.run.StageReport;
import org.longspan.stage.StageFailedException;
import org.longspan.stage.Tables;
import org.longspan.testing.LocalSpark;

/** Phases that draw from forty books and eighty pages. */
class PhasesTest {
  private static final String PHASES =
      """
      { name = short, upsample { mode = none, tokens = 4000 } }
      { name = long, upsample { long-from = 200, long-share = 0.7 }, pack.sequence-length = 512 }
      { name = again, upsample { mode = none }, reuse = true }
      """;

  private static final List<String> STAGES =
      List.of("upsample", "relate", "pack", "export", "measure");

  @TempDir static Path folder;
  private static Path finished;
  private static FinishedRun run;

  @BeforeAll
  static void aRunOfThreePhases() throws IOException {
    corpus("corpus", 1);
    finished = folder.resolve("finished");
    run = action(configuration(finished, "corpus", PHASES)).execute();
  }

  @Test
  void noDocumentIsChosenInTwoPhasesAndEachPhaseAccountsForAll() {
    List<String> first = chosen(finished, "short");
    List<String> second = chosen(finished, "long");

    assertThat(first).isNotEmpty();
    assertThat(second).isNotEmpty().doesNotContainAnyElementsOf(first);
    assertThat(inSequences("short")).containsExactlyInAnyOrderElementsOf(first);
    assertThat(inSequences("long")).containsExactlyInAnyOrderElementsOf(second);

    CommitRecord later = commit("upsample-long");
    assertThat(later.balance().in()).isEqualTo(commit("tokenize").balance().out());
    assertThat(later.balance().dropped().get("used").documents()).isEqualTo(first.size());
    assertThat(drops("upsample-long"))
        .filteredOn(drop -> drop.getAs("reason").equals("used"))
        .extracting(drop -> drop.getAs("doc_id") + ": " + drop.getAs("detail"))
        .containsExactlyInAnyOrderElementsOf(
            first.stream().map(id -> id + ": Phase short chose it.").toList());
    assertThat(drops("upsample-short"))
        .isNotEmpty()
        .extracting(drop -> drop.<String>getAs("reason"))
        .containsOnly("not-selected");
  }

  @Test
  void aPhaseThatReusesMayChooseEverythingAgain() {
    assertThat(commit("upsample-again").balance().out())
        .isEqualTo(commit("tokenize").balance().out());
    assertThat(drops("upsample-again")).isEmpty();
  }

  @Test
  void eachPhaseHasItsOwnLengthsFormatsSummaryAndPageOfTheReport() {
    for (String phase : List.of("short", "long", "again")) {
      assertThat(finished.resolve(phase).resolve("export/parquet")).isDirectory();
      assertThat(finished.resolve(phase).resolve("export/megatron/longspan-00000.bin")).exists();
    }

    assertThat(run.facts().phases())
        .extracting(PhaseFacts::name, PhaseFacts::sequenceLength, PhaseFacts::longFrom)
        .containsExactly(
            tuple("short", "128", 100), tuple("long", "512", 200), tuple("again", "128", 100));
    assertThat(Path.of(URI.create(run.report())))
        .content()
        .contains("Phase short", "Mixture, phase long", "upsample-long")
        .contains("Sequences, phase again");
    assertThat(finished.resolve("sequences")).doesNotExist();
  }

  @Test
  void aPlanForecastsEachPhaseOfWhatTheOnesBeforeLeave() {
    RunForecast forecast =
        new PlanAction(
                LocalSpark.session(), configuration(folder.resolve("planned"), "corpus", PHASES))
            .execute();

    assertThat(forecast.phases())
        .extracting(PhaseForecast::name)
        .containsExactly("short", "long", "again");
    for (PhaseForecast phase : forecast.phases()) {
      assertThat((double) phase.upsample().orElseThrow().plan().tokens())
          .as(phase.name())
          .isCloseTo(
              commit("upsample-" + phase.name()).balance().out().tokens(), withinPercentage(5));
      assertThat(phase.pack()).isPresent();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        Tables.DOCUMENTS,
        Tables.TOKENS,
        Tables.SCORES,
        Tables.TOKEN_WEIGHTS,
        Tables.LINKS,
        Tables.SELECTION,
        Tables.EDGES,
        Tables.SEQUENCES,
        Tables.RELATEDNESS,
        Tables.EXPOSURE_WEIGHTS,
        Tables.DROPS,
        Tables.QUARANTINE,
        "export",
        "manifest.json",
        "report.html",
        "_longspan"
      })
  void noPhaseIsNamedLikeSomethingElseInTheRunDirectory(String name) {
    assertThatThrownBy(() -> configuration(finished, "corpus", "{ name = \"" + name + "\" }"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("longspan.phases[0].name: ");
  }

  @Test
  void onlyThePhaseThatChangedRunsAgain() throws IOException {
    Path copy = copyOfTheRun();

    FinishedRun again =
        action(configuration(copy, "corpus", PHASES.replace("share = 0.7", "share = 0.5")))
            .execute();

    assertThat(outcomes(again))
        .containsExactlyElementsOf(
            Stream.of(
                    Stream.of("ingest REUSED", "tokenize REUSED", "score REUSED"),
                    STAGES.stream().map(stage -> stage + "-short REUSED"),
                    STAGES.stream().map(stage -> stage + "-long RAN"),
                    STAGES.stream().map(stage -> stage + "-again REUSED"))
                .flatMap(all -> all)
                .toList());
  }

  @Test
  void aPhaseRunsAgainWhenAnEarlierOneChoosesOtherwise() throws IOException {
    Path copy = copyOfTheRun();

    FinishedRun again =
        action(configuration(copy, "corpus", PHASES.replace("tokens = 4000", "tokens = 3000")))
            .to("upsample-long")
            .execute();

    assertThat(outcomes(again)).contains("score REUSED", "upsample-short RAN", "upsample-long RAN");
    assertThat(chosen(copy, "long")).doesNotContainAnyElementsOf(chosen(copy, "short"));
  }

  @Test
  void rangesNameThePhasesStages() throws IOException {
    RunConfiguration configuration = configuration(copyOfTheRun(), "corpus", PHASES);

    assertThat(outcomes(action(configuration).from("export-again").execute()))
        .contains("pack-again REUSED", "export-again RAN");
    assertThatThrownBy(() -> action(configuration).from("upsample").execute())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("score, upsample-short, relate-short, pack-short, export-short");
  }

  @Test
  void partitionsAndFilesDoNotShowInAnyTable() throws IOException {
    corpus("parts", 7);
    Path output = folder.resolve("seven");
    SparkSession seven = LocalSpark.session().newSession();
    seven.conf().set("spark.sql.shuffle.partitions", "7");
    seven.conf().set("spark.sql.adaptive.enabled", "false");

    new RunAction(seven, configuration(output, "parts", PHASES)).to("pack-long").execute();

    assertThat(contents(output)).isEqualTo(contents(finished));
  }

  @Test
  void whatStagesOfAnEarlierConfigurationWroteIsRemovedAndNamed() throws IOException {
    List<String> said = new ArrayList<>();

    Path copy = copyOfTheRun();
    FinishedRun plain =
        action(configuration(copy, "corpus", "")).to("upsample").progress(said::add).execute();

    assertThat(outcomes(plain)).endsWith("score REUSED", "upsample RAN");
    assertThat(plain.facts().drops())
        .extracting(Facts.Dropped::stage)
        .contains("upsample")
        .doesNotContain("upsample-short", "upsample-long");
    assertThat(said).contains("pack-long removed: the configuration has no such stage any more");
    assertThat(copy.resolve("long/sequences")).doesNotExist();
  }

  @Test
  void aPhaseThatFindsNothingLeftSaysSo() throws IOException {
    Path copy = copyOfTheRun();
    String greedy = "{ name = a, upsample.mode = none }, { name = b, upsample.mode = none }";

    assertThatThrownBy(() -> action(configuration(copy, "corpus", greedy)).execute())
        .isInstanceOf(StageFailedException.class)
        .hasMessageContaining("Stage upsample-b failed: Earlier phases chose all of the 120");
    assertThat(copy.resolve("a/sequences")).isDirectory();
    assertThat(copy.resolve("b")).doesNotExist();
  }

  /** A finished run has no path in it, so that a copy of it is one too. */
  private static Path copyOfTheRun() throws IOException {
    Path copy = Files.createTempDirectory(folder, "copy");
    FileUtils.copyDirectory(finished.toFile(), copy.toFile());
    return copy;
  }

  private static RunAction action(RunConfiguration configuration) {
    return new RunAction(LocalSpark.session(), configuration);
  }

  private static RunConfiguration configuration(Path output, String corpus, String phases) {
    return Configurations.load(
        ConfigFactory.parseString(
            """
            longspan {
              input.sources = [{ paths = ["%s/*.jsonl"] }]
              output = "%s"
              score { scorers = [compressibility], min-tokens = 1 }
              upsample { long-from = 100, long-share = 0.5, infeasible = renormalise }
              relate.retriever = none
              pack { packer = best-fit, sequence-length = 128 }
              export.formats = [parquet, megatron]
              phases = [%s]
            }
            """
                .formatted(folder.resolve(corpus), output, phases)));
  }

  /** The same documents in some files. */
  private static void corpus(String name, int files) throws IOException {
    Path place = Files.createDirectories(folder.resolve(name));
    List<StringBuilder> texts = Stream.generate(StringBuilder::new).limit(files).toList();
    for (int d = 0; d < 120; d++) {
      boolean book = d % 3 == 0;
      StringBuilder text = new StringBuilder();
      for (int w = 0; w < (book ? 100 + 4 * d : 20 + d); w++) {
        text.append(Integer.toString((d * 7919 + w * 104729) % 997, 36)).append(' ');
      }

      texts
          .get(d % files)
          .append(
              "{\"id\": \"d%d\", \"domain\": \"%s\", \"text\": \"%s\"}\n"
                  .formatted(d, book ? "book" : "web", text.toString().strip()));
    }

    for (int f = 0; f < files; f++) {
      Files.writeString(place.resolve("part-" + f + ".jsonl"), texts.get(f));
    }
  }

  private static List<String> chosen(Path output, String phase) {
    return texts(read(output, phase + "/selection").where(col("copies").gt(0)).select("doc_id"));
  }

  private static List<String> inSequences(String phase) {
    Column id = col("span.doc_id");
    return texts(
        read(finished, phase + "/sequences")
            .select(explode(col("spans")).as("span"))
            .where(id.isNotNull())
            .select(id)
            .distinct());
  }

  private static List<Row> drops(String stage) {
    return read(finished, "drops").where(col("stage").equalTo(stage)).collectAsList();
  }

  /** The tables of the first two phases, row by row, whatever files the rows lie in. */
  private static Map<String, List<String>> contents(Path output) {
    Map<String, List<String>> contents = new TreeMap<>();
    for (String table :
        List.of(
            "short/selection",
            "short/edges",
            "short/sequences",
            "long/selection",
            "long/sequences",
            "drops")) {
      Dataset<Row> rows = read(output, table);
      if (table.equals("drops")) {
        rows = rows.where(not(col("stage").endsWith("-again")));
      }

      contents.put(table, texts(rows.selectExpr("to_json(struct(*))")).stream().sorted().toList());
    }

    return contents;
  }

  private static List<String> texts(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(row -> row.getString(0)).toList();
  }

  private static List<String> outcomes(FinishedRun of) {
    return of.result().stages().stream()
        .map(report -> report.stage() + " " + report.outcome())
        .toList();
  }

  private static CommitRecord commit(String stage) {
    return run.result().stages().stream()
        .map(StageReport::commit)
        .filter(commit -> commit.stage().equals(stage))
        .findFirst()
        .orElseThrow();
  }

  private static Dataset<Row> read(Path output, String table) {
    return LocalSpark.session().read().parquet(output.resolve(table).toString());
  }
}
