package org.longspan.cli;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;
import org.longspan.conf.RunConfiguration;
import org.longspan.plan.RunForecast;

/** What the commands ask for. */
public interface Runs {
  /**
   * Runs a configuration in its output directory.
   *
   * @param spark the session, which starts when it is first asked for
   * @param stages which of the stages
   * @param progress one line a stage
   * @return what to show at the end
   */
  RunSummary run(
      Supplier<SparkSession> spark,
      RunConfiguration configuration,
      Selection stages,
      Consumer<String> progress);

  /**
   * What a run would do and cost, from a sample; nothing is written.
   *
   * @param sampleBytes bytes of text to read, about
   * @param progress what is going on
   */
  RunForecast plan(
      Supplier<SparkSession> spark,
      RunConfiguration configuration,
      Selection stages,
      long sampleBytes,
      Consumer<String> progress);

  /**
   * Writes the report of a run directory again.
   *
   * @return the report's path
   */
  String report(Supplier<SparkSession> spark, String output);

  /**
   * How well the scores of a run directory tell labelled documents apart, as Markdown; also written
   * into the directory.
   *
   * @param label the key of {@code meta} that holds the label
   * @param good the label that should score highest
   */
  String evaluate(Supplier<SparkSession> spark, String output, String label, String good);

  /**
   * How often windows of one document outscore concatenations of several, as Markdown. The corpus
   * is read into the run directory as far as its tokens.
   *
   * @param progress one line a stage
   */
  String concatenations(
      Supplier<SparkSession> spark,
      RunConfiguration configuration,
      Concatenations asked,
      Consumer<String> progress);

  /**
   * What is strung together.
   *
   * @param parts documents of a concatenation, at least 2
   * @param windows windows of each kind in each domain at most, at least 1
   */
  record Concatenations(int parts, int windows) {}

  /**
   * A range of stages, by name.
   *
   * @param from the first stage to run whatever is committed; null: whichever must
   * @param to the last stage; null: the last of all
   */
  record Selection(String from, String to) {}
}
