package org.longspan;

import java.util.List;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.longspan.action.JobDescription;
import org.longspan.conf.RunConfiguration;
import org.longspan.report.RunReport;
import org.longspan.run.Manifest;
import org.longspan.run.RunIdentity;
import org.longspan.run.RunResult;
import org.longspan.run.RunWriter;
import org.longspan.stage.Pipeline;
import org.longspan.stage.Stage;
import org.longspan.stage.StageRange;

/** A whole run: every stage of a configuration, in its run directory, and the report. */
public final class RunAction {
  private final SparkSession spark;
  private final RunConfiguration configuration;
  private StageRange range = StageRange.all();
  private Consumer<String> terminal = line -> {};

  RunAction(SparkSession spark, RunConfiguration configuration) {
    this.spark = spark;
    this.configuration = configuration;
  }

  /** Runs this stage and all after it again, whatever is committed. */
  public RunAction from(String stage) {
    this.range = range.from(stage);
    return this;
  }

  /** Ends with this stage. */
  public RunAction to(String stage) {
    this.range = range.to(stage);
    return this;
  }

  /** Who is told a line a stage, and in a long stage more; without this nobody. */
  public RunAction progress(Consumer<String> lines) {
    this.terminal = lines;
    return this;
  }

  /**
   * Runs the stages that must run, reuses the others, and writes the report.
   *
   * @throws org.longspan.conf.ConfigurationException where the output directory or the range is
   *     refused, or a stage finds that the configuration can't be met
   * @throws org.longspan.run.BadInputException where too many input rows are no documents
   * @throws org.longspan.stage.StageFailedException where a stage fails
   */
  public FinishedRun execute() {
    List<Stage> stages = Stages.of(configuration);
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    try (RunWriter run =
        RunWriter.open(hadoop, configuration.output(), RunIdentity.of(configuration))) {
      RunResult result =
          new Pipeline(spark, run, Manifest.of(configuration), stages)
              .range(range)
              .progress(terminal)
              .run();
      try (JobDescription named = new JobDescription(spark, "report")) {
        RunReport report = RunReport.read(spark, configuration.output());
        return new FinishedRun(result, report.facts(), report.write());
      }
    }
  }
}
