package org.longspan.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.longspan.model.ModelConfig;
import org.longspan.model.ModelDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code longspan model}: language models, before a run depends on them. */
@Command(
    name = "model",
    description = "Language models.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {ModelCommand.Info.class, HeadsCommand.class})
final class ModelCommand {

  /** {@code longspan model info}: whether a model can be run, and its size. */
  @Command(name = "info", description = "Check a model's files and show its size.")
  static final class Info implements Callable<Integer> {
    @Spec private CommandSpec command;

    @Parameters(
        paramLabel = "PATH",
        description = "builtin:starter or a Hugging Face model directory.")
    private String location;

    @Override
    public Integer call() {
      ModelDirectory model = ModelDirectory.resolve(location);
      ModelConfig config = model.config();
      PrintWriter out = command.commandLine().getOut();
      out.printf("model         %s%n", model.location());
      out.printf("architecture  %s%n", config.architecture());
      out.printf("parameters    %,d%n", config.parameters());
      out.printf("layers        %d of width %d%n", config.layers(), config.hidden());
      out.printf("vocabulary    %,d tokens%n", config.vocabulary());
      out.printf("context       %,d tokens%n", config.positions());
      out.printf("fingerprint   %s%n", model.fingerprint());
      return ExitCode.DONE;
    }
  }
}
