package org.longspan.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.longspan.conf.RunConfiguration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code longspan evaluate}: which scores tell labelled documents apart. */
@Command(
    name = "evaluate",
    description =
        "Score labelled documents, and show for each scorer how well it tells the labels apart. The configuration's sources map the label into meta: columns { meta { label = FIELD } }.")
final class EvaluateCommand implements Callable<Integer> {
  private final Runs runs;

  @Spec private CommandSpec command;

  @Mixin private ConfigurationFile configurationFile;

  @Option(
      names = "--label",
      paramLabel = "KEY",
      defaultValue = "label",
      description = "The key of meta that holds the label (default: ${DEFAULT-VALUE}).")
  private String label;

  @Option(
      names = "--good",
      paramLabel = "LABEL",
      defaultValue = "genuine",
      description = "The label that should score highest (default: ${DEFAULT-VALUE}).")
  private String good;

  @Mixin private Session session;

  EvaluateCommand(Runs runs) {
    this.runs = runs;
  }

  @Override
  public Integer call() {
    RunConfiguration configuration = configurationFile.load();
    PrintWriter out = command.commandLine().getOut();
    session.check();
    try (Session spark = session) {
      runs.run(spark, configuration, new Runs.Selection(null, "score"), out::println);
      out.print("\n" + runs.evaluate(spark, configuration.output(), label, good));
      out.flush();
    }

    return ExitCode.DONE;
  }
}
