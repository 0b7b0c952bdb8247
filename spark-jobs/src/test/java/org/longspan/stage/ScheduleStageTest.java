package org.longspan.stage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longspan.action.Corpus;
import org.longspan.action.LongDocuments;
import org.longspan.action.SliceBy;
import org.longspan.run.CommitRecord;
import org.longspan.run.Counts;
import org.longspan.run.Manifest;
import org.longspan.run.RunIdentity;
import org.longspan.run.RunResult;
import org.longspan.run.RunWriter;
import org.longspan.run.StageReport;
import org.longspan.schedule.Batching;
import org.longspan.schedule.Curriculum;
import org.longspan.schedule.Curriculum.Mixture;
import org.longspan.schedule.Curriculum.Odds;
import org.longspan.schedule.LossWeights;
import org.longspan.schedule.PhaseOrder;
import org.longspan.schedule.Rest;
import org.longspan.schedule.ScheduleParameters;
import org.longspan.testing.LocalSpark;

class ScheduleStageTest {
  private static final Curriculum NATURAL = new Curriculum(Odds.NATURAL, 1, Mixture.NATURAL);

  @TempDir private Path output;

  @Test
  void packedSequencesAreScheduledAndWhatIsLeftIsBalanced() throws IOException {
    RunResult result = run(11, stage(Batching.BALANCED, 96, Rest.LEAVE));

    CommitRecord packed = commit(result, "pack");
    CommitRecord scheduled = commit(result, "schedule");
    List<Row> steps = read("schedule").orderBy("step").collectAsList();
    long sequences = read("sequences").count();
    assertThat(steps).hasSize((int) (sequences / 3)).hasSizeGreaterThan(3);
    assertThat(steps).allSatisfy(step -> assertThat(step.getList(3)).hasSize(3));

    long left = 32 * (sequences % 3);
    assertThat(left).as("the corpus leaves something").isPositive();
    assertThat(scheduled.balance().in()).isEqualTo(packed.balance().out());
    assertThat(scheduled.balance().dropped())
        .isEqualTo(Map.of("not-scheduled", new Counts(0, left)));
    assertThat(scheduled.figures())
        .containsEntry("steps", (double) steps.size())
        .containsEntry("steps.32", (double) steps.size())
        .containsEntry("tokens.left", (double) left)
        .containsKey("imbalance.32");
    assertThat(scheduled.figures().get("imbalance")).isBetween(1.0, 2.0);
    assertThat(lines())
        .zipSatisfy(
            steps,
            (line, step) -> {
              assertThat(line.path("step").asLong()).isEqualTo(step.getLong(0));
              assertThat(line.path("phase").isNull()).isTrue();
              assertThat(line.path("sequence_ids")).hasSize(3);
              assertThat(line.path("sequence_ids").get(2).asLong())
                  .isEqualTo(step.<Long>getList(3).get(2));
              assertThat(line.path("cost").asLong()).isEqualTo(step.getLong(4));
            });
  }

  @Test
  void anotherSeedOrSettingSchedulesAgainAndTheSameIsReused() {
    run(11, stage(Batching.SORTED, 96, Rest.SHORT));
    List<Row> first = read("schedule").orderBy("step").collectAsList();

    assertThat(outcomes(run(11, stage(Batching.SORTED, 96, Rest.SHORT))))
        .containsEntry("schedule", StageReport.Outcome.REUSED);
    assertThat(outcomes(run(11, stage(Batching.SORTED, 64, Rest.SHORT))))
        .containsEntry("pack", StageReport.Outcome.REUSED)
        .containsEntry("schedule", StageReport.Outcome.RAN);
    run(11, stage(Batching.SORTED, 96, Rest.SHORT));
    assertThat(read("schedule").orderBy("step").collectAsList()).isEqualTo(first);
  }

  @Test
  void everySettingIsPartOfTheIdentity() {
    ScheduleStage stage = stage(Batching.SORTED, 96, Rest.LEAVE);
    List<ScheduleStage.Source> sources =
        List.of(new ScheduleStage.Source(null, "sequences", "pack"));

    assertThat(
            List.of(
                stage(Batching.SHUFFLED, 96, Rest.LEAVE),
                stage(Batching.SORTED, 64, Rest.LEAVE),
                stage(Batching.SORTED, 96, Rest.SHORT),
                with(sources, PhaseOrder.TOGETHER, NATURAL, LossWeights.NONE),
                with(sources, PhaseOrder.IN_TURN, NATURAL, LossWeights.DOCUMENTS),
                with(
                    sources,
                    PhaseOrder.IN_TURN,
                    new Curriculum(Odds.UNIFORM, 1, Mixture.NATURAL),
                    LossWeights.NONE),
                with(
                    sources,
                    PhaseOrder.IN_TURN,
                    new Curriculum(Odds.NATURAL, 2, Mixture.NATURAL),
                    LossWeights.NONE),
                with(
                    sources,
                    PhaseOrder.IN_TURN,
                    new Curriculum(Odds.NATURAL, 1, Mixture.EQUAL),
                    LossWeights.NONE),
                with(
                    List.of(new ScheduleStage.Source("64k", "sequences", "pack")),
                    PhaseOrder.IN_TURN,
                    NATURAL,
                    LossWeights.NONE)))
        .extracting(ScheduleStage::identity)
        .doesNotHaveDuplicates()
        .doesNotContain(stage.identity());
  }

  private static ScheduleStage stage(Batching batching, long stepTokens, Rest rest) {
    return new ScheduleStage(
        List.of(new ScheduleStage.Source(null, Tables.SEQUENCES, "pack")),
        new ScheduleParameters(batching, stepTokens, rest, PhaseOrder.IN_TURN, NATURAL),
        LossWeights.NONE);
  }

  private static ScheduleStage with(
      List<ScheduleStage.Source> sources,
      PhaseOrder phases,
      Curriculum curriculum,
      LossWeights weights) {
    return new ScheduleStage(
        sources,
        new ScheduleParameters(Batching.SORTED, 96, Rest.LEAVE, phases, curriculum),
        weights);
  }

  private static CommitRecord commit(RunResult result, String stage) {
    return result.stages().stream()
        .map(StageReport::commit)
        .filter(commit -> commit.stage().equals(stage))
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, StageReport.Outcome> outcomes(RunResult result) {
    Map<String, StageReport.Outcome> outcomes = new TreeMap<>();
    result.stages().forEach(report -> outcomes.put(report.stage(), report.outcome()));
    return outcomes;
  }

  private RunResult run(long seed, ScheduleStage schedule) {
    Corpus corpus = Corpus.threeDomains();
    List<Stage> stages =
        List.of(
            Toy.source("tokenize", Tables.TOKENS, corpus.tokens()),
            Toy.source("upsample", Tables.SELECTION, corpus.selection()),
            Toy.source("relate", Tables.EDGES, corpus.edges()),
            new PackStage(
                "splice", 32, List.of(), LongDocuments.FRAGMENT, 9_999, 0, 100, SliceBy.HASH),
            schedule,
            new ExportStage(List.of("parquet"), 70_000));
    Manifest manifest =
        new Manifest(
            JsonNodeFactory.instance.objectNode(),
            new TreeMap<>(Map.of("code", "c1")),
            seed,
            List.of());
    try (RunWriter run =
        RunWriter.open(new Configuration(), output.toString(), new RunIdentity(List.of("here")))) {
      return new Pipeline(LocalSpark.session(), run, manifest, stages).run();
    }
  }

  private Dataset<Row> read(String table) {
    return LocalSpark.session().read().parquet(output.resolve(table).toString());
  }

  /** The JSON lines of all files in the order of their names. */
  private List<JsonNode> lines() throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(output.resolve("schedule-jsonl"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
        for (String line : Files.readAllLines(file)) {
          lines.add(new ObjectMapper().readTree(line));
        }
      }
    }

    return lines;
  }
}
