package org.longspan.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code longspan inspect}: what a run made, or what became of one document. */
@Command(
    name = "inspect",
    description = "Show a run's tables, or all that is known of a document or a sequence.")
final class InspectCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Parameters(index = "0", paramLabel = "OUTPUT", description = "The run directory.")
  private String output;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "ID",
      description =
          "A doc_id or a sequence_id, of a phase such as 64k/12; without it the tables are listed.")
  private String id;

  @Mixin private Session session;

  @Override
  public Integer call() {
    session.check();
    try (Session spark = session) {
      Inspection inspection = Inspection.of(spark.get(), output);
      PrintWriter out = command.commandLine().getOut();
      out.print(id == null ? inspection.tables() : inspection.row(id));
      out.flush();
    }

    return ExitCode.DONE;
  }
}
