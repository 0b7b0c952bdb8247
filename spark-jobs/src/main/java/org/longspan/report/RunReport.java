package org.longspan.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.longspan.action.CombineAction;
import org.longspan.conf.UpsampleConfiguration;
import org.longspan.run.RunDirectory;

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
    FactsReader reader =
        new FactsReader(
            table -> CommittedTables.of(spark, directory, table),
            configuration.path("upsample").path("long-from").asInt(),
            rankingScorer(configuration),
            configuration.path("model").path("path").asText());
    return new RunReport(directory, hadoop, manifest, reader.read());
  }

  /** As {@link org.longspan.conf.RunConfiguration#rankingScorer}, where none is by chance. */
  private static String rankingScorer(JsonNode configuration) {
    JsonNode set = configuration.path("upsample").path("scorer");
    JsonNode score = configuration.path("score");

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
