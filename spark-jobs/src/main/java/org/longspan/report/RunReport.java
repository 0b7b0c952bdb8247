package org.longspan.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.longspan.action.CombineAction;
import org.longspan.conf.UpsampleConfiguration;
import org.longspan.run.RunDirectory;
import org.longspan.stage.Tables;

/** The report of a run directory: all that it says comes from the manifest and the tables. */
public final class RunReport {
  private static final String FILE = "report.html";

  private final RunDirectory directory;
  private final Configuration hadoop;
  private final JsonNode manifest;
  private final Facts facts;

  private RunReport(RunDirectory directory, Configuration hadoop, JsonNode manifest, Facts facts) {
    this.directory = directory;
    this.hadoop = hadoop;
    this.manifest = manifest;
    this.facts = facts;
  }

  /**
   * Reads a run directory.
   *
   * @throws org.longspan.conf.ConfigurationException where {@code output} is no run directory
   */
  public static RunReport read(SparkSession spark, String output) {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    RunDirectory directory = RunDirectory.at(hadoop, output);
    JsonNode manifest =
        directory.manifest().map(RunReport::json).orElseGet(() -> json("{\"stages\":[]}"));
    JsonNode configuration = manifest.path("configuration");
    Set<String> stages = new HashSet<>();
    manifest.path("stages").forEach(stage -> stages.add(stage.path("stage").asText()));
    Function<String, Optional<Dataset<Row>>> tables =
        table ->
            CommittedTables.of(spark, directory, table)
                .map(rows -> table.equals(Tables.DROPS) ? of(stages, rows) : rows);
    JsonNode first = configuration.path("phases").path(0);
    FactsReader reader =
        new FactsReader(
            tables,
            rankingScorer(
                (first.isMissingNode() ? configuration : first).path("upsample"),
                configuration.path("score")),
            configuration.path("model").path("path").asText());
    return new RunReport(directory, hadoop, manifest, reader.read(phases(tables, configuration)));
  }

  /** Stages that the configuration no longer has may have left rows behind. */
  private static Dataset<Row> of(Set<String> stages, Dataset<Row> drops) {
    return drops.where(functions.col("stage").isin(stages.toArray()));
  }

  private static List<PhaseFacts> phases(
      Function<String, Optional<Dataset<Row>>> tables, JsonNode configuration) {
    List<PhaseFacts> phases = new ArrayList<>();
    for (JsonNode phase : configuration.path("phases")) {
      phases.add(new PhaseReader(tables, phase.path("name").asText(), longFrom(phase)).read());
    }

    return phases.isEmpty()
        ? List.of(new PhaseReader(tables, "", longFrom(configuration)).read())
        : phases;
  }

  private static int longFrom(JsonNode configuration) {
    return configuration.path("upsample").path("long-from").asInt();
  }

  /** As {@link org.longspan.conf.RunConfiguration#rankingScorer}, where none is by chance. */
  private static String rankingScorer(JsonNode upsample, JsonNode score) {
    JsonNode set = upsample.path("scorer");

    if (set.isTextual() && !set.asText().equals(UpsampleConfiguration.CHANCE)) {
      return set.asText();
    }

    return score.path("combine").path("weights").isEmpty()
        ? score.path("scorers").path(0).asText()
        : CombineAction.SCORER;
  }

  public Facts facts() {
    return facts;
  }

  /** Writes {@code report.html} into the run directory, and gives its path. */
  public String write() {
    Path file = new Path(directory.path(), FILE);
    try (OutputStream out = file.getFileSystem(hadoop).create(file, true)) {
      out.write(page().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("The report could not be written to " + file + ".", e);
    }

    return directory.path(FILE);
  }

  private String page() {
    JsonNode versions = manifest.path("versions");
    String made =
        "Longspan %s, Spark %s, Java %s"
            .formatted(
                versions.path("longspan").asText(),
                versions.path("spark").asText(),
                versions.path("java").asText());
    return new HtmlReport(
            directory.path(),
            made,
            manifest.path("configuration").toPrettyString(),
            stages(),
            facts)
        .render();
  }

  private List<StageFacts> stages() {
    List<StageFacts> stages = new ArrayList<>();
    for (JsonNode stage : manifest.path("stages")) {
      directory
          .commit(stage.path("stage").asText())
          .ifPresent(
              commit ->
                  stages.add(
                      new StageFacts(
                          commit.stage(),
                          stage.path("outcome").asText().equals("reused"),
                          commit.seconds(),
                          commit.balance(),
                          commit.figures())));
    }

    return stages;
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("The manifest of the run is no JSON: " + text, e);
    }
  }
}
