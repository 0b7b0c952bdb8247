package org.longspan.cli;

import java.nio.file.Path;
import java.util.List;
import org.longspan.conf.Configurations;
import org.longspan.conf.RunConfiguration;
import picocli.CommandLine.Option;

/** What all commands share that read a configuration. */
final class ConfigurationFile {
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

  /**
   * Reads it.
   *
   * @throws org.longspan.conf.ConfigurationException with all that is wrong
   */
  RunConfiguration load() {
    return Configurations.load(file, overrides);
  }
}
