package org.longspan.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a plan says is what the run then does, and the plan leaves no trace. */
class PlanTest {
  private static final String MASTER = "local[2]";

  @TempDir private Path folder;

  @Test
  void aPlanOfTheWholeInputSaysWhatTheRunDoes() throws IOException {
    SmallRun run = SmallRun.on(MASTER);
    JsonNode manifest = new ObjectMapper().readTree(run.output().resolve("manifest.json").toFile());
    Path output = folder.resolve("deep/out");

    Command.Finished plan = SmallRun.plan(output, MASTER, "--sample", "1GiB").run();

    assertThat(plan.exitCode()).as(plan.output()).isZero();
    assertThat(folder.resolve("deep")).doesNotExist();
    for (JsonNode stage : manifest.path("stages")) {
      assertThat(plan.output()).contains("%-9s would run".formatted(stage.path("stage").asText()));
    }

    assertThat(plan.output()).contains("the sample is the whole input");
    // domain, read, documents, tokens, share, long
    JsonNode tokenized = stage(manifest, "tokenize").path("balance").path("out");
    assertThat(numbers(plan, "all").subList(1, 3))
        .containsExactly(tokenized.path("documents").asLong(), tokenized.path("tokens").asLong());
    // scorers, too short, model tokens
    JsonNode score = stage(manifest, "score").path("figures");
    assertThat(numbers(plan, "prolong")).contains(score.path("measured-tokens").asLong());
    assertThat(plan.output()).contains("%,d tasks of ".formatted(score.path("shards").asLong()));
    for (String domain : List.of("code", "manual", "parliament", "play")) {
      assertThat(plan.output())
          .containsPattern(
              "%s +%.3f +%.3f "
                  .formatted(
                      domain,
                      stage(manifest, "upsample")
                          .path("figures")
                          .path("rate." + domain + ".short")
                          .asDouble(),
                      stage(manifest, "upsample")
                          .path("figures")
                          .path("rate." + domain + ".long")
                          .asDouble()));
    }

    // The border of a cell falls on a document, and tails are not packed to the last token.
    assertThat((double) sequences(plan)).isCloseTo(sequences(run), within(0.1 * sequences(run)));
    assertThat(bytes(run.output().resolve("export/megatron")))
        .isEqualTo(sequences(run) * (2 * 8192 + 20) + 42);
    // Packed ids, compressed: 70 % when this was written.
    assertThat(bytes(run.output().resolve("export/parquet")) / (sequences(run) * 8192.0 * 13 / 8))
        .isBetween(0.5, 1.0);
  }

  @Test
  void afterTheRunThereIsNothingLeftToDo() throws Exception {
    SmallRun run = SmallRun.on(MASTER);
    var before = Content.of(run.output());

    Command.Finished plan = SmallRun.plan(run.output(), MASTER).run();

    assertThat(plan.exitCode()).as(plan.output()).isZero();
    assertThat(plan.output())
        .contains("ingest    reused", "score     reused", "export    reused", "nothing to run")
        .doesNotContain("would run");
    assertThat(Content.of(run.output())).isEqualTo(before);
  }

  @Test
  void anInputWithoutDocumentsIsToldWithItsFirstRow() throws IOException {
    Path input = Files.writeString(folder.resolve("bad.jsonl"), "{\"text\": \n{}\n");
    Path conf =
        Files.writeString(
            folder.resolve("bad.conf"),
            "longspan { input.sources = [{ paths = [\"%s\"] }], output = \"%s\" }"
                .formatted(input, folder.resolve("out")));

    Command.Finished plan =
        Command.longspan("plan", "--conf", conf.toString(), "--master", MASTER).run();

    assertThat(plan.output())
        .contains("No document could be read", "broken-json=1", "bad.jsonl: broken-json")
        .contains("--sample")
        .doesNotContain("\tat ");
    assertThat(plan.exitCode()).as(plan.output()).isEqualTo(3);
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void aWrongKeyIsToldBeforeSparkStarts() throws IOException {
    Command.Finished plan =
        SmallRun.plan(folder.resolve("out"), MASTER, "--set", "model.pth=x").run();

    assertThat(plan.exitCode()).isEqualTo(2);
    assertThat(plan.output()).contains("model.pth", "model.path").doesNotContain("reading");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  private static JsonNode stage(JsonNode manifest, String name) {
    for (JsonNode stage : manifest.path("stages")) {
      if (stage.path("stage").asText().equals(name)) {
        return stage;
      }
    }

    throw new AssertionError("The manifest has no stage " + name);
  }

  /** The whole numbers of the first row of that name. */
  private static List<Long> numbers(Command.Finished plan, String row) {
    String line =
        plan.output()
            .lines()
            .filter(each -> each.startsWith(row + " "))
            .findFirst()
            .orElseThrow(() -> new AssertionError(plan.output()));
    List<Long> numbers = new ArrayList<>();
    for (String word : line.split(" +")) {
      if (word.matches("[\\d,]+")) {
        numbers.add(Long.parseLong(word.replace(",", "")));
      }
    }

    return numbers;
  }

  private static long sequences(Command.Finished plan) {
    Matcher found = Pattern.compile("N = ([\\d,]+) of").matcher(plan.output());
    assertThat(found.find()).as(plan.output()).isTrue();
    return Long.parseLong(found.group(1).replace(",", ""));
  }

  private static long sequences(SmallRun run) {
    return Session.spark().read().parquet(run.output().resolve("sequences").toString()).count();
  }

  /** Of the files that hold the data. */
  private static long bytes(Path exported) throws IOException {
    try (Stream<Path> files = Files.walk(exported)) {
      return files
          .filter(file -> file.toString().matches(".*\\.(bin|idx|parquet)"))
          .mapToLong(file -> file.toFile().length())
          .sum();
    }
  }
}
