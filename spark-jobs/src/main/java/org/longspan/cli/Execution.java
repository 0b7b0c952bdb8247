package org.longspan.cli;

import java.io.PrintWriter;
import org.longspan.conf.RunConfiguration;
import org.longspan.plan.RunForecast;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What all commands share that run a configuration: which stages, on which Spark. */
final class Execution {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--from",
      paramLabel = "STAGE",
      description =
          "Run this stage and all after it again: ingest, tokenize, score, upsample, relate, pack or export; of a phase such as pack-64k.")
  private String from;

  @Option(names = "--to", paramLabel = "STAGE", description = "End with this stage.")
  private String to;

  @Mixin private Session session;

  int run(Runs runs, RunConfiguration configuration) {
    PrintWriter out = command.commandLine().getOut();
    session.check();
    try (Session spark = session) {
      RunSummary summary =
          runs.run(spark, configuration, new Runs.Selection(from, to), out::println);
      out.print("\n" + SummaryTable.of(summary));
      out.flush();
    }

    return ExitCode.DONE;
  }

  int plan(Runs runs, RunConfiguration configuration, long sampleBytes) {
    PrintWriter out = command.commandLine().getOut();
    session.check();
    try (Session spark = session) {
      RunForecast forecast =
          runs.plan(spark, configuration, new Runs.Selection(from, to), sampleBytes, out::println);
      out.print("\n" + ForecastTable.of(forecast));
      out.flush();
    }

    return ExitCode.DONE;
  }
}
