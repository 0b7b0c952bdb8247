package org.longspan.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.longspan.conf.Configurations;
import org.longspan.conf.RunConfiguration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code longspan run}: a configuration from end to end. */
@Command(
    name = "run",
    description = "Run a configuration; what an earlier run has finished is reused.")
final class RunCommand implements Callable<Integer> {
  private final Runs runs;

  @Option(
      names = "--conf",
      required = true,
      paramLabel = "FILE",
      description = "The configuration, in HOCON.")
  private Path file;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Set one key, as score.prolong.pairs=all; wins over the file. Repeatable.")
  private List<String> overrides = List.of();

  @Mixin private Execution execution;

  RunCommand(Runs runs) {
    this.runs = runs;
  }

  @Override
  public Integer call() {
    RunConfiguration configuration = Configurations.load(file, overrides);
    return execution.run(runs, configuration);
  }
}
