package org.longspan.stage;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.longspan.conf.RunConfiguration;
import org.longspan.run.Manifest;
import org.longspan.run.RunIdentity;
import org.longspan.run.RunResult;
import org.longspan.run.RunWriter;

/** A whole run: every stage of a configuration, in its run directory. */
public final class RunAction {
  private final SparkSession spark;
  private final RunConfiguration configuration;
  private StageRange range = StageRange.all();
  private PrintStream terminal = new PrintStream(OutputStream.nullOutputStream());

  public RunAction(SparkSession spark, RunConfiguration configuration) {
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

  /** Where to print one line a stage; without this nowhere. */
  public RunAction progress(PrintStream stream) {
    this.terminal = stream;
    return this;
  }

  /**
   * Runs the stages that must run, and reuses the others.
   *
   * @throws org.longspan.conf.ConfigurationException where the output directory or the range is
   *     refused, or a stage finds that the configuration can't be met
   * @throws org.longspan.run.BadInputException where too many input rows are no documents
   * @throws StageFailedException where a stage fails
   */
  public RunResult execute() {
    List<Stage> stages = Stages.of(configuration);
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    try (RunWriter run =
        RunWriter.open(hadoop, configuration.output(), RunIdentity.of(configuration))) {
      return new Pipeline(spark, run, Manifest.of(configuration), stages)
          .range(range)
          .progress(terminal)
          .run();
    }
  }
}
