package org.longspan.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code longspan report}: the report of a run directory, written again. */
@Command(name = "report", description = "Write the report of a run again and show its path.")
final class ReportCommand implements Callable<Integer> {
  private final Runs runs;

  @Spec private CommandSpec command;

  @Parameters(paramLabel = "OUTPUT", description = "The run directory.")
  private String output;

  @Mixin private Session session;

  ReportCommand(Runs runs) {
    this.runs = runs;
  }

  @Override
  public Integer call() {
    session.check();
    try (Session spark = session) {
      command.commandLine().getOut().println(runs.report(spark, output));
    }

    return ExitCode.DONE;
  }
}
