package org.longspan.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * One configuration over a part of the quickstart's corpus, four domains in about a minute, run on
 * as many masters as tests ask for, each once.
 */
final class SmallRun {
  private static final Map<String, SmallRun> RUNS = new ConcurrentHashMap<>();

  private static final Path SPEECHES = speeches();

  private final Path output;
  private final String printed;

  private SmallRun(Path output, String printed) {
    this.output = output;
    this.printed = printed;
  }

  /** The run on a master, started when it is first asked for. */
  static SmallRun on(String master) {
    return RUNS.computeIfAbsent(master, SmallRun::start);
  }

  Path output() {
    return output;
  }

  /** What the terminal showed. */
  String printed() {
    return printed;
  }

  private static SmallRun start(String master) {
    Path output = temporary().resolve("out");
    Command.Finished finished = command(output, master).run();
    assertThat(finished.exitCode()).as(finished.output()).isZero();
    return new SmallRun(output, finished.output());
  }

  /** The command for a run into a folder. */
  static Command command(Path output, String master, String... more) {
    return command("run", output, master, more);
  }

  /** The command for a plan of that run. */
  static Command plan(Path output, String master, String... more) {
    return command("plan", output, master, more);
  }

  private static Command command(String name, Path output, String master, String... more) {
    String[] arguments = new String[7 + more.length];
    arguments[0] = name;
    arguments[1] = "--conf";
    arguments[2] = configuration(output).toString();
    arguments[3] = "--master";
    arguments[4] = master;
    arguments[5] = "--set";
    arguments[6] = "seed=11";
    System.arraycopy(more, 0, arguments, 7, more.length);
    return Command.longspan(arguments);
  }

  static Path corpus() {
    Path corpus = Command.ROOT.resolve("spark-jobs/target/quickstart-corpus");
    assertThat(corpus).as("the build makes the quickstart's corpus").isDirectory();
    return corpus;
  }

  /** The first of the parliament's days: all of them would be most of the corpus. */
  private static Path speeches() {
    Path all = corpus().resolve("parliament/europarl.jsonl");
    try (Stream<String> lines = Files.lines(all)) {
      return Files.write(
          temporary().resolve("speeches.jsonl"), (Iterable<String>) lines.limit(600)::iterator);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path configuration(Path output) {
    String text =
        """
        longspan {
          input.sources = [
            { paths = ["%1$s/code/gson-*.jar", "%1$s/code/commons-csv-*.jar", "%1$s/code/slf4j-api-*.jar"], format = archive, domain = code, repository-cap = 100000 }
            { paths = ["%1$s/manual/gson"], format = html, clean = html, domain = manual }
            { paths = ["%1$s/play"], format = html, clean = html, domain = play }
            { paths = ["%3$s"], format = jsonl, domain = parliament, columns { text = text, repo = day, path = title } }
          ]
          output = "%2$s"
          score {
            min-tokens = 16384, shard-tokens = 8192, prolong { window = 1024, pairs = 12 }
            links { from = prolong, least-distance = 1024 }
          }
          upsample { long-from = 8192, long-share = 0.6, infeasible = renormalise }
          relate { slice-documents = 40 }
          pack.sequence-length = 8192
          schedule { order = balanced, step-tokens = 32768, loss-weights = documents }
          export.formats = [parquet, megatron]
        }
        """
            .formatted(corpus(), output, SPEECHES);
    try {
      return Files.writeString(temporary().resolve("small.conf"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path temporary() {
    try {
      return Files.createTempDirectory("longspan-line");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
