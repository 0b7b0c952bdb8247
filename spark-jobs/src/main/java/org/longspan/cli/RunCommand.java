package org.longspan.cli;

import java.util.concurrent.Callable;
import org.longspan.conf.RunConfiguration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code longspan run}: a configuration from end to end. */
@Command(
    name = "run",
    description = "Run a configuration; what an earlier run has finished is reused.")
final class RunCommand implements Callable<Integer> {
  private final Runs runs;

  @Mixin private ConfigurationFile configurationFile;

  @Mixin private Execution execution;

  RunCommand(Runs runs) {
    this.runs = runs;
  }

  @Override
  public Integer call() {
    RunConfiguration configuration = configurationFile.load();
    return execution.run(runs, configuration);
  }
}
