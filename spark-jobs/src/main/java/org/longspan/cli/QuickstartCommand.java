package org.longspan.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.longspan.conf.ConfigurationException;
import org.longspan.conf.Configurations;
import org.longspan.conf.Problem;
import org.longspan.conf.RunConfiguration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code longspan quickstart}: the whole line on the corpus that the build makes. */
@Command(
    name = "quickstart",
    description = "Run the whole line on a small real corpus, in about two minutes.")
final class QuickstartCommand implements Callable<Integer> {
  private final Runs runs;

  @Option(
      names = "--corpus",
      paramLabel = "DIR",
      defaultValue = "${sys:longspan.quickstart.corpus}",
      description = "The corpus; bin/longspan makes one.")
  private Path corpus;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "The run directory (default: quickstart-out).")
  private Path output;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Set one key, as upsample.long-share=0.5. Repeatable.")
  private List<String> overrides = List.of();

  @Mixin private Execution execution;

  QuickstartCommand(Runs runs) {
    this.runs = runs;
  }

  @Override
  public Integer call() {
    if (corpus == null || !Files.isDirectory(corpus)) {
      throw new ConfigurationException(
          List.of(
              new Problem(
                  "--corpus " + (corpus == null ? "is not set" : corpus),
                  "",
                  "There is no such folder. Start the quickstart by bin/longspan, which makes the corpus, or give a folder with code/, manual/, play/ and parliament/.")));
    }

    List<String> settings = new ArrayList<>();
    if (output != null) {
      settings.add("output=" + output);
    }

    settings.addAll(overrides);
    RunConfiguration configuration = Configurations.quickstart(corpus, settings);
    return execution.run(runs, configuration);
  }
}
