package org.longspan;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;
import org.longspan.cli.RunSummary;
import org.longspan.cli.RunSummary.Amount;
import org.longspan.cli.Runs;
import org.longspan.conf.RunConfiguration;
import org.longspan.plan.RunForecast;
import org.longspan.report.Evaluation;
import org.longspan.report.Facts;
import org.longspan.report.PhaseFacts;
import org.longspan.report.RunReport;
import org.longspan.run.Counts;

/** What the command line asks for, by the actions that programs use. */
final class CommandLineRuns implements Runs {
  @Override
  public RunSummary run(
      Supplier<SparkSession> spark,
      RunConfiguration configuration,
      Selection stages,
      Consumer<String> progress) {
    RunAction action = Longspan.on(spark.get()).run(configuration).progress(progress);
    if (stages.from() != null) {
      action.from(stages.from());
    }

    if (stages.to() != null) {
      action.to(stages.to());
    }

    FinishedRun finished = action.execute();
    return summary(finished.facts(), finished.report());
  }

  @Override
  public RunForecast plan(
      Supplier<SparkSession> spark,
      RunConfiguration configuration,
      Selection stages,
      long sampleBytes,
      Consumer<String> progress) {
    PlanAction action =
        Longspan.on(spark.get()).plan(configuration).sample(sampleBytes).progress(progress);
    if (stages.from() != null) {
      action.from(stages.from());
    }

    if (stages.to() != null) {
      action.to(stages.to());
    }

    return action.execute();
  }

  @Override
  public String report(Supplier<SparkSession> spark, String output) {
    return RunReport.read(spark.get(), output).write();
  }

  @Override
  public String evaluate(Supplier<SparkSession> spark, String output, String label, String good) {
    return Evaluation.write(spark.get(), output, label, good);
  }

  @Override
  public String concatenations(
      Supplier<SparkSession> spark,
      RunConfiguration configuration,
      Concatenations asked,
      Consumer<String> progress) {
    return new ConcatenationEvaluation(spark.get(), configuration, asked)
        .shares(progress)
        .markdown();
  }

  private static RunSummary summary(Facts facts, String report) {
    SortedMap<String, Counts> dropped = new TreeMap<>();
    facts
        .drops()
        .forEach(
            d ->
                dropped.merge(
                    d.stage() + ": " + d.reason(),
                    new Counts(d.documents(), d.tokens()),
                    Counts::plus));
    facts
        .quarantine()
        .forEach((reason, rows) -> dropped.put("quarantine: " + reason, new Counts(rows, 0)));
    return new RunSummary(
        facts.phases().stream().map(CommandLineRuns::phase).toList(),
        new RunSummary.Schedule(
            facts.schedule().steps(),
            facts.schedule().lanes().size(),
            facts.schedule().imbalance()),
        dropped,
        report);
  }

  private static RunSummary.Phase phase(PhaseFacts phase) {
    List<RunSummary.Domain> domains =
        phase.domains().stream()
            .map(
                d ->
                    new RunSummary.Domain(
                        d.name(),
                        new Amount(d.documentsBefore(), d.tokensBefore(), d.longTokensBefore()),
                        new Amount(d.documentsAfter(), d.tokensAfter(), d.longTokensAfter())))
            .toList();
    return new RunSummary.Phase(
        phase.name(),
        phase.longFrom(),
        domains,
        phase.sequences(),
        phase.sequenceLength(),
        phase.fill());
  }
}
