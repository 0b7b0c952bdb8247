package org.longspan.cli;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import java.util.concurrent.Callable;
import org.longspan.conf.RunConfiguration;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code longspan plan}: what a run would do and cost. */
@Command(
    name = "plan",
    description = "Show what a run would do and cost, from a sample, without doing it.")
final class PlanCommand implements Callable<Integer> {
  private final Runs runs;

  @Mixin private ConfigurationFile configurationFile;

  @Option(
      names = "--sample",
      paramLabel = "SIZE",
      defaultValue = "16MiB",
      converter = Size.class,
      description =
          "Text to read, about, the same of each source but of small ones all (default: ${DEFAULT-VALUE}).")
  private long sampleBytes;

  @Mixin private Execution execution;

  PlanCommand(Runs runs) {
    this.runs = runs;
  }

  @Override
  public Integer call() {
    RunConfiguration configuration = configurationFile.load();
    return execution.plan(runs, configuration, sampleBytes);
  }

  /** Bytes as configurations write them. */
  static final class Size implements ITypeConverter<Long> {
    @Override
    public Long convert(String written) {
      try {
        long bytes =
            ConfigFactory.empty()
                .withValue("size", ConfigValueFactory.fromAnyRef(written))
                .getBytes("size");
        if (bytes >= 1) {
          return bytes;
        }
      } catch (ConfigException e) {
        // The sentence below says it.
      }

      throw new TypeConversionException(
          "\"%s\" is no size of at least a byte, such as 16MiB or 2GB".formatted(written));
    }
  }
}
