package org.longspan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longspan.conf.ConfigurationException;
import org.longspan.conf.Problem;
import org.longspan.conf.RunConfiguration;
import org.longspan.plan.RunForecast;
import org.longspan.run.BadInputException;
import org.longspan.stage.StageFailedException;

/** The commands without Spark: what they read, print and return. */
class CliTest {
  private static final String MINIMAL =
      "longspan { input.sources = [{ paths = [a.jsonl] }], output = out }";

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final Recorded runs = new Recorded();
  private Path conf;

  @BeforeEach
  void writeTheConfiguration() throws IOException {
    conf = Files.writeString(folder.resolve("run.conf"), MINIMAL);
  }

  @Test
  void runReadsTheFileAndTheCommandLine() {
    int code =
        execute(
            "run",
            "--conf",
            conf.toString(),
            "--set",
            "seed=5",
            "--set",
            "output=b",
            "--to",
            "score");

    assertThat(code).isZero();
    assertThat(runs.configuration.seed()).isEqualTo(5);
    assertThat(runs.configuration.output()).isEqualTo("b");
    assertThat(runs.stages).isEqualTo(new Runs.Selection(null, "score"));
    assertThat(out.toString()).isEqualTo("ingest done\n\ndropped    nothing\n");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void planReadsAsRunDoesAndTheSizeOfItsSample() {
    int code = execute("plan", "--conf", conf.toString(), "--sample", "2MiB", "--to", "score");

    assertThat(code).isZero();
    assertThat(runs.sampleBytes).isEqualTo(2 << 20);
    assertThat(runs.stages).isEqualTo(new Runs.Selection(null, "score"));
    assertThat(out.toString())
        .isEqualTo("reading\n\ningest    reused\n\nThere is nothing to run.\n");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void aSampleThatIsNoSizeIsToldWithOneThatIs() {
    assertThat(execute("plan", "--conf", conf.toString(), "--sample", "many")).isEqualTo(2);
    assertThat(execute("plan", "--conf", conf.toString(), "--sample", "0")).isEqualTo(2);
    assertThat(err.toString())
        .contains("--sample", "\"many\" is no size", "\"0\" is no size", "such as 16MiB");
    assertThat(runs.configuration).isNull();
  }

  @Test
  void evaluateScoresAndThenShowsTheLabels() {
    int code =
        execute("evaluate", "--conf", conf.toString(), "--set", "output=b", "--label", "kind");

    assertThat(code).isZero();
    assertThat(runs.stages).isEqualTo(new Runs.Selection(null, "score"));
    assertThat(out.toString()).isEqualTo(String.format("ingest done%n%ngenuine of kind in b%n"));
  }

  @Test
  void evaluateStringsDocumentsTogetherWhereNoLabelsAreAskedFor() {
    assertThat(execute("evaluate", "--conf", conf.toString(), "--concatenations")).isZero();
    assertThat(execute("evaluate", "--conf", conf.toString(), "--concatenations=4", "--windows=3"))
        .isZero();
    assertThat(out.toString())
        .isEqualTo(
            String.format(
                "tokenize done%n%n20 against 20 of 8%ntokenize done%n%n3 against 3 of 4%n"));
  }

  @Test
  void evaluateTakesLabelsOrConcatenations() {
    String file = conf.toString();

    assertThat(execute("evaluate", "--conf", file, "--windows=3")).isEqualTo(2);
    assertThat(execute("evaluate", "--conf", file, "--concatenations=1")).isEqualTo(2);
    assertThat(execute("evaluate", "--conf", file, "--concatenations", "--good=a")).isEqualTo(2);
    assertThat(err.toString())
        .contains("--concatenations=1 --windows=20 compares nothing", "mutually exclusive");
    assertThat(runs.configuration).isNull();
  }

  @Test
  void aWrongConfigurationIsToldWholeAndNothingRuns() {
    int code =
        execute("run", "--conf", conf.toString(), "--set", "sed=5", "--set", "pack.order=up");

    assertThat(code).isEqualTo(2);
    assertThat(runs.configuration).isNull();
    assertThat(err.toString())
        .isEqualTo(
            """
            Nothing was run, because of 2 problems:
              --set pack.order: longspan.pack.order: "up" is none of: identity, shuffle, reverse.
              --set sed: longspan.sed: There is no such key. Did you mean longspan.seed?
            """);
  }

  @Test
  void aMissingFileIsTold() {
    assertThat(execute("run", "--conf", folder.resolve("no.conf").toString())).isEqualTo(2);
    assertThat(err.toString()).contains("no.conf: There is no such file");
  }

  @Test
  void wrongUsageIsToldInTwoLines() {
    assertThat(execute("run", "--config", "x")).isEqualTo(2);
    assertThat(err.toString())
        .contains("--conf")
        .endsWith("longspan run --help shows what there is.\n");
  }

  @Test
  void anUnknownCommandIsToldWithTheNearest() {
    assertThat(execute("quikstart")).isEqualTo(2);
    assertThat(err.toString()).contains("quikstart").contains("quickstart");
  }

  @Test
  void aCommandMustBeGiven() {
    assertThat(execute()).isEqualTo(2);
    assertThat(err.toString())
        .isEqualTo("A command is missing.\nlongspan --help shows what there is.\n");
  }

  @Test
  void helpAndVersionGoToStandardOutput() {
    assertThat(execute("--help")).isZero();
    assertThat(execute("run", "--help")).isZero();
    assertThat(execute("--version")).isZero();
    assertThat(out.toString())
        .contains("Usage: longspan ")
        .contains("Usage: longspan run ")
        .contains("longspan 0.")
        .contains("  with lucene ");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void quickstartNeedsItsCorpus() {
    assertThat(execute("quickstart", "--corpus", folder.resolve("none").toString())).isEqualTo(2);
    assertThat(err.toString()).contains("none: There is no such folder");
  }

  @Test
  void quickstartRunsOnItsCorpusAndOutput() {
    assertThat(execute("quickstart", "--corpus", folder.toString(), "--output", "there")).isZero();
    assertThat(runs.configuration.output()).isEqualTo("there");
    assertThat(runs.configuration.input().sources().get(0).paths().get(0))
        .startsWith(folder.toString());
  }

  @Test
  void reportPrintsItsPath() {
    assertThat(execute("report", "out")).isZero();
    assertThat(out).hasToString("out/report.html\n");
  }

  @Test
  void theBuiltInModelIsDescribed() {
    assertThat(execute("model", "info", "builtin:starter")).isZero();
    assertThat(out.toString())
        .contains("architecture  LlamaForCausalLM\n")
        .contains("vocabulary    8,192 tokens\n");
  }

  @Test
  void aModelThatCannotBeReadIsAUsageError() {
    assertThat(execute("model", "info", folder.toString())).isEqualTo(2);
    assertThat(err.toString()).contains(folder.toString()).contains("config.json");
  }

  @Test
  void retrievalHeadsArePrintedAsTheyAreSet() {
    int code = heads("--needles", "4", "--length", "400", "--most", "2", "--least", "0.01");

    assertThat(err.toString()).isEmpty();
    assertThat(code).isZero();
    assertThat(out.toString())
        .startsWith("model     builtin:starter\nneedles   4, in 400 tokens each\nrepeated  ")
        .containsPattern("\nhead  score\n(\\d/\\d {3}0\\.\\d{3}\n){1,2}\n")
        .containsPattern("\nscore\\.ladm\\.heads = \\[\"\\d/\\d\"(, \"\\d/\\d\")?]\n$");
  }

  @Test
  void noHeadAboveTheLeastScoreIsToldWithTheBestOnes() {
    assertThat(heads("--needles", "2", "--length", "400", "--least", "1")).isEqualTo(2);
    assertThat(err.toString())
        .contains("No head of builtin:starter has a score of 1.0 or more; the best are ")
        .contains("Lower --least");
    assertThat(out.toString()).doesNotContain("score.ladm.heads");
  }

  @Test
  void needlesThatCannotBePlantedAreAUsageError() throws IOException {
    assertThat(heads("--length", "4096")).isEqualTo(2);
    assertThat(heads("--length", "50")).isEqualTo(2);
    assertThat(heads("--needles", "0")).isEqualTo(2);
    assertThat(heads("--least", "0")).isEqualTo(2);
    assertThat(heads("--most", "0")).isEqualTo(2);
    assertThat(err.toString())
        .contains("2,048 positions")
        .contains("Stretches of 50 tokens cannot be cut")
        .contains("--needles 0")
        .contains("--least 0.0")
        .contains("--most 0");

    Path few = Files.writeString(folder.resolve("few.txt"), "Few words.");
    assertThat(execute("model", "heads", "builtin:starter", "--text", few.toString())).isEqualTo(2);
    assertThat(execute("model", "heads", "builtin:starter", "--text", "/no/file")).isEqualTo(2);
    assertThat(execute("model", "heads", folder.toString(), "--text", few.toString())).isEqualTo(2);
    assertThat(err.toString())
        .contains("give a longer text", "/no/file cannot be read", "config.json");
  }

  private int heads(String... options) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "model",
                "heads",
                "builtin:starter",
                "--text",
                Path.of(System.getProperty("longspan.root"), "docs", "benchmarks.md").toString()));
    arguments.addAll(List.of(options));
    return execute(arguments.toArray(String[]::new));
  }

  @Test
  void failuresHaveTheirCodes() {
    assertThat(codeOf(new ConfigurationException(List.of(new Problem("in", "", "It is gone.")))))
        .isEqualTo(2);
    assertThat(codeOf(new BadInputException(3, 0))).isEqualTo(3);
    assertThat(codeOf(new StageFailedException("Stage score failed: no memory."))).isEqualTo(4);
    assertThat(codeOf(new IllegalStateException("no"))).isEqualTo(4);
    assertThat(codeOf(new OutOfMemoryError("heap"))).isEqualTo(4);
  }

  @Test
  void ourExceptionsAreFoundInsideOfOthers() {
    Exception wrapped = new RuntimeException("Job aborted", new BadInputException(3, 0));

    assertThat(codeOf(wrapped)).isEqualTo(3);
    assertThat(err.toString()).startsWith("3 input rows").doesNotContain("Job aborted");
  }

  @Test
  void anUnexpectedExceptionIsASentenceUntilTheTraceIsWanted() {
    runs.failure = new RuntimeException("outer", new ArithmeticException("/ by zero"));

    assertThat(execute("report", "out")).isEqualTo(4);
    assertThat(err.toString())
        .isEqualTo(
            """
            Longspan stopped where it should not: ArithmeticException: / by zero.
            --stacktrace shows where in the program.
            """);

    assertThat(execute("report", "out", "--stacktrace")).isEqualTo(4);
    assertThat(err.toString()).contains("at org.longspan.cli.CliTest");
  }

  private int codeOf(Throwable failure) {
    runs.failure = failure;
    return execute("run", "--conf", conf.toString());
  }

  private int execute(String... arguments) {
    return new Cli(
            List.of(
                new RunCommand(runs),
                new PlanCommand(runs),
                new QuickstartCommand(runs),
                new ReportCommand(runs),
                new EvaluateCommand(runs),
                new ModelCommand()),
            new PrintWriter(out, true),
            new PrintWriter(err, true))
        .execute(arguments);
  }

  /** Keeps what it was asked, and never starts the session. */
  private static final class Recorded implements Runs {
    private RunConfiguration configuration;
    private Selection stages;
    private long sampleBytes;
    private Throwable failure;

    @Override
    public RunSummary run(
        Supplier<SparkSession> spark,
        RunConfiguration asked,
        Selection selection,
        Consumer<String> progress) {
      fail();
      configuration = asked;
      stages = selection;
      progress.accept("ingest done");
      return new RunSummary(List.of(), RunSummary.Schedule.NONE, new TreeMap<>(), null);
    }

    @Override
    public RunForecast plan(
        Supplier<SparkSession> spark,
        RunConfiguration asked,
        Selection selection,
        long bytes,
        Consumer<String> progress) {
      fail();
      configuration = asked;
      stages = selection;
      sampleBytes = bytes;
      progress.accept("reading");
      return RunForecast.nothing(Map.of("ingest", RunForecast.StageForecast.REUSED));
    }

    @Override
    public String report(Supplier<SparkSession> spark, String output) {
      fail();
      return output + "/report.html";
    }

    @Override
    public String evaluate(Supplier<SparkSession> spark, String output, String label, String good) {
      fail();
      return "%s of %s in %s%n".formatted(good, label, output);
    }

    @Override
    public String concatenations(
        Supplier<SparkSession> spark,
        RunConfiguration asked,
        Concatenations concatenations,
        Consumer<String> progress) {
      fail();
      configuration = asked;
      progress.accept("tokenize done");
      return "%2$d against %2$d of %1$d%n"
          .formatted(concatenations.parts(), concatenations.windows());
    }

    private void fail() {
      if (failure instanceof Error error) {
        throw error;
      } else if (failure instanceof RuntimeException exception) {
        throw exception;
      }
    }
  }
}
