package org.longspan.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each mistake that a user can make: a sentence that names it, its exit code, and nothing lost. */
class WrongInputTest {
  @TempDir private Path folder;
  private Path corpus;
  private Path output;

  @BeforeEach
  void aSmallCorpus() throws IOException {
    output = folder.resolve("out");
    corpus = folder.resolve("corpus.jsonl");
    StringBuilder lines = new StringBuilder();
    for (int d = 0; d < 6; d++) {
      lines.append(
          "{\"id\": \"d%d\", \"domain\": \"%s\", \"text\": \"%s\"}\n"
              .formatted(
                  d,
                  d < 3 ? "book" : "web",
                  "A sentence of document %d. ".formatted(d).repeat(d < 3 ? 200 : 20)));
    }

    Files.writeString(corpus, lines);
  }

  @Test
  void aMissingInputPathIsNamedBeforeAnythingRuns() {
    Command.Finished run = run("input.sources=[{paths=[\"" + folder + "/nowhere/*.jsonl\"]}]");

    refused(run, 2, folder + "/nowhere/*.jsonl");
    assertThat(output.resolve("documents")).doesNotExist();
  }

  @Test
  void anUnknownKeyIsNamedWithTheNearestOne() {
    refused(run("pack.sequence-lenght=4096"), 2, "sequence-lenght", "sequence-length");
    assertThat(output).doesNotExist();
  }

  @Test
  void aSequenceLengthOfZeroIsRefused() {
    refused(run("pack.sequence-length=0"), 2, "sequence-length", "0");
    assertThat(output).doesNotExist();
  }

  @Test
  void twoPhasesOfOneNameAreRefused() {
    refused(run("phases=[{name=64k},{name=64k}]"), 2, "longspan.phases[1].name", "64k", "rename");
    assertThat(output).doesNotExist();
  }

  @Test
  void aPhaseNamedLikeATableIsRefused() {
    refused(run("phases=[{name=sequences}]"), 2, "longspan.phases[0].name", "sequences");
    assertThat(output).doesNotExist();
  }

  @Test
  void theDirectoryOfAnotherConfigurationIsLeftAsItIs() throws IOException {
    Path other = folder.resolve("other.jsonl");
    Files.copy(corpus, other);
    assertThat(command("corpus", corpus).run().exitCode()).isZero();
    var before = listing();

    Command.Finished run = command("other", other).run();

    refused(run, 2, output.toString(), "other.jsonl");
    assertThat(listing()).isEqualTo(before);
  }

  @Test
  void aFolderThatIsNoRunIsLeftAsItIs() throws IOException {
    Files.createDirectories(output);
    Files.writeString(output.resolve("thesis.tex"), "mine");

    refused(run("seed=1"), 2, output.toString());
    try (Stream<Path> files = Files.list(output)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void aModelDirectoryWithoutWeightsIsNamed() throws IOException {
    Path model = starter();
    Files.delete(model.resolve("model.safetensors"));

    refused(run("model.path=\"" + model + "\""), 2, "model.safetensors", model.toString());
  }

  @Test
  void aTruncatedSafetensorsHeaderIsNamed() throws IOException {
    Path model = starter();
    byte[] weights = Files.readAllBytes(model.resolve("model.safetensors"));
    Files.write(model.resolve("model.safetensors"), java.util.Arrays.copyOf(weights, 100));

    refused(run("model.path=\"" + model + "\""), 2, "model.safetensors", "header");
  }

  @Test
  void aHeaderThatLiesAboutItsLengthIsNamed() throws IOException {
    Path model = starter();
    byte[] weights = Files.readAllBytes(model.resolve("model.safetensors"));
    ByteBuffer.wrap(weights).order(ByteOrder.LITTLE_ENDIAN).putLong(0, Long.MAX_VALUE);
    Files.write(model.resolve("model.safetensors"), weights);

    refused(run("model.path=\"" + model + "\""), 2, "model.safetensors", "header");
  }

  @Test
  void aTokenizerThatDoesNotFitTheModelIsNamed() throws IOException {
    Path model = starter();
    String config = Files.readString(model.resolve("config.json"));
    Files.writeString(
        model.resolve("config.json"),
        config.replace("\"vocab_size\": 8192", "\"vocab_size\": 4096"));

    refused(run("model.path=\"" + model + "\""), 2, "4096", model.toString());
  }

  @Test
  void aModelWithTooFewPositionsIsRefusedBeforeAnythingRuns() {
    Command.Finished run = run("score.prolong={segment=2048, window=4096, pairs=4}");

    refused(run, 2, "2,048 positions", "4,096 tokens");
    assertThat(output.resolve("documents")).doesNotExist();
  }

  @Test
  void aTokenizerThatIsNotThereIsNamed() {
    refused(run("tokenizer=" + folder + "/nowhere"), 2, folder + "/nowhere", "builtin:starter");
    assertThat(output.resolve("documents")).doesNotExist();
  }

  @Test
  void anEmptyCorpusIsNamed() throws IOException {
    Files.writeString(corpus, "");

    refused(run("seed=1"), 4, "no document");
  }

  @Test
  void aDomainWithoutLongDocumentsIsNamedWithTheWayOut() {
    Command.Finished run = run("upsample.infeasible=fail");

    refused(run, 4, "web", "shrink", "renormalise");
    assertThat(output.resolve("scores")).as("finished stages are kept").exists();
  }

  @Test
  void aWeightOfADomainThatTheCorpusLacksIsNamedWithThoseItHas() {
    Command.Finished run =
        command(
                "corpus",
                corpus,
                "upsample.mode=domain-weighted",
                "upsample.weights={ web = 0.5, nowhere = 0.5 }")
            .run();

    refused(run, 2, "upsample.weights names the domain nowhere", "its domains are");
  }

  @Test
  void moreTokensThanAllEpochsHaveAreRefusedWithTheNumbers() {
    Command.Finished run =
        command("corpus", corpus, "upsample.infeasible=fail", "upsample.tokens=1000000000").run();

    refused(run, 2, "upsample.tokens asks for 1,000,000,000 tokens", "at most 4.0 times each");
  }

  @Test
  void aStepThatHasNoWholeNumberOfSequencesIsNamedWithOneThatHas() {
    refused(run("schedule={order=sorted, step-tokens=1000}"), 2, "1,000 tokens", "such as 1024");
    assertThat(output).doesNotExist();
  }

  @Test
  void aScheduleThatNoStepCanBeFilledOfSaysHowManySequencesThereAre() {
    refused(run("schedule={order=sorted}"), 2, "a step of 4,194,304 tokens", "of 512 tokens");
    assertThat(output.resolve("sequences")).as("finished stages are kept").exists();
  }

  @Test
  void aScheduleThatIsNoLongerAskedForIsRemoved() {
    Command.Finished scheduled = run("schedule={order=shuffled, step-tokens=1024, rest=short}");
    assertThat(scheduled.output()).contains("schedule  done").contains("steps, sequences of one");
    assertThat(output.resolve("schedule")).exists();
    assertThat(output.resolve("schedule-jsonl")).exists();

    Command.Finished without = run("schedule.order=none");

    assertThat(without.output()).contains("schedule  removed").contains("pack      reused");
    assertThat(without.output()).contains("export    reused");
    assertThat(output.resolve("schedule")).doesNotExist();
    assertThat(output.resolve("schedule-jsonl")).doesNotExist();
  }

  @Test
  void badRowsAreSetAsideWithFileLineAndReason() throws IOException {
    Files.writeString(
        corpus,
        Files.readString(corpus)
            + "{\"id\": \"x\", \"text\"\n{\"id\": \"y\", \"domain\": \"web\", \"text\": \"\"}\n");

    refused(run("seed=1"), 3, "2 input rows", "quarantine", "input.max-bad-rows");
    assertThat(
            Session.spark()
                .read()
                .parquet(output.resolve("quarantine").toString())
                .orderBy("line")
                .select("line", "reason")
                .collectAsList())
        .extracting(r -> r.getLong(0) + " " + r.getString(1))
        .containsExactly("7 broken-json", "8 empty-text");

    assertThat(run("input.max-bad-rows=2").exitCode()).isZero();
  }

  private void refused(Command.Finished run, int code, String... words) {
    assertThat(run.output()).contains(words).doesNotContain("\tat ");
    assertThat(run.exitCode()).as(run.output()).isEqualTo(code);
  }

  private Command.Finished run(String setting) {
    return command("corpus", corpus, setting).run();
  }

  private Command command(String name, Path input, String... settings) {
    try {
      Path file = folder.resolve(name + ".conf");
      Files.writeString(
          file,
          """
          longspan {
            input.sources = [ { paths = ["%s"] } ]
            output = "%s"
            score { min-tokens = 256, prolong.pairs = 4 }
            upsample { long-from = 1024, infeasible = renormalise }
            pack.sequence-length = 512
          }
          """
              .formatted(input, output));
      String[] arguments =
          Stream.concat(
                  Stream.of("run", "--conf", file.toString(), "--master", "local[2]"),
                  Stream.of(settings).flatMap(setting -> Stream.of("--set", setting)))
              .toArray(String[]::new);
      return Command.longspan(arguments);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private Path starter() throws IOException {
    Path model = Files.createDirectories(folder.resolve("model"));
    Path source = Command.ROOT.resolve("udfs/src/main/resources/org/longspan/model/starter");
    try (Stream<Path> files = Files.list(source)) {
      for (Path file : files.toList()) {
        Files.copy(file, model.resolve(file.getFileName()));
      }
    }

    return model;
  }

  private java.util.SortedMap<String, java.nio.file.attribute.FileTime> listing()
      throws IOException {
    java.util.SortedMap<String, java.nio.file.attribute.FileTime> times = new java.util.TreeMap<>();
    try (Stream<Path> files = Files.walk(output)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        times.put(output.relativize(file).toString(), Files.getLastModifiedTime(file));
      }
    }

    return times;
  }
}
