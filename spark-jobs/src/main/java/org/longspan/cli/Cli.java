package org.longspan.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.longspan.run.Versions;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The program: its commands, and where they print. */
public final class Cli {
  private final List<Object> commands;
  private final PrintWriter out;
  private final PrintWriter err;

  Cli(List<Object> commands, PrintWriter out, PrintWriter err) {
    this.commands = List.copyOf(commands);
    this.out = out;
    this.err = err;
  }

  /** The program as users start it. */
  public static Cli standard(Runs runs) {
    return new Cli(
        List.of(
            new QuickstartCommand(runs),
            new RunCommand(runs),
            new PlanCommand(runs),
            new ReportCommand(runs),
            new EvaluateCommand(runs),
            new InspectCommand(),
            new ModelCommand()),
        new PrintWriter(System.out, true, StandardCharsets.UTF_8),
        new PrintWriter(System.err, true, StandardCharsets.UTF_8));
  }

  /** Runs one command; never throws, and gives the exit code. */
  public int execute(String... arguments) {
    Failures failures = new Failures();
    CommandLine program = new CommandLine(new Program());
    commands.forEach(program::addSubcommand);
    program // Settings reach the commands that are there already.
        .setOut(out)
        .setErr(err)
        .setExecutionExceptionHandler(failures)
        .setParameterExceptionHandler(failures)
        .setUsageHelpAutoWidth(true);
    try {
      return program.execute(arguments);
    } catch (Throwable fatal) { // An Error: out of memory, a class or a native library missing.
      return failures.tell(fatal, List.of(arguments).contains(Failures.STACKTRACE), err);
    }
  }

  /** What stands before the commands. */
  @Command(
      name = "longspan",
      description = "Long-context training data from a multi-domain corpus, on Apache Spark.",
      versionProvider = Version.class,
      synopsisSubcommandLabel = "COMMAND",
      footer = {
        "",
        "Exit codes: 0 done, 2 configuration or usage, 3 bad input above the limit, 4 a stage failed."
      })
  @SuppressWarnings("UnusedVariable") // picocli reads the options that have no other reader.
  private static final class Program implements Runnable {
    @Spec private CommandSpec spec;

    @Option(
        names = {"-h", "--help"},
        usageHelp = true,
        scope = ScopeType.INHERIT,
        description = "Show this help.")
    private boolean help;

    @Option(names = "--version", versionHelp = true, description = "Show the version.")
    private boolean version;

    @Option(
        names = Failures.STACKTRACE,
        scope = ScopeType.INHERIT,
        description = "Show where in the program an error came from.")
    private boolean stacktrace;

    @Override
    public void run() {
      throw new ParameterException(spec.commandLine(), "A command is missing");
    }
  }

  private static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      SortedMap<String, String> versions = new TreeMap<>(Versions.ofBuild());
      String own = "longspan " + versions.remove("longspan");
      Stream<String> libraries =
          versions.entrySet().stream().map(e -> "  with " + e.getKey() + " " + e.getValue());
      return Stream.concat(Stream.of(own), libraries).toArray(String[]::new);
    }
  }
}
