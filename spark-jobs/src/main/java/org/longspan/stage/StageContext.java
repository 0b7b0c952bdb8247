package org.longspan.stage;

import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * What a running stage is given: the session, the tables before it, and a place for its own that
 * becomes visible when the stage commits.
 */
public interface StageContext {
  SparkSession spark();

  /** The run's seed. */
  long seed();

  /** A table of a stage upstream, as committed. */
  Dataset<Row> table(String name);

  /**
   * Writes one of this stage's tables to its staging place and gives it back as read from there, so
   * that counting it costs no second computation. The content is not visible to others yet.
   */
  Dataset<Row> write(String table, Dataset<Row> rows);

  /** Writes this stage's rows of {@code drops}; columns as in the table. */
  Dataset<Row> writeDrops(Dataset<Row> drops);

  /**
   * A Hadoop path for work that commits bit by bit and outlives a killed run. It is this stage's
   * and this fingerprint's alone, and is removed when the stage commits.
   */
  String workPath();

  /**
   * A Hadoop path, empty, for files that are no table, such as an export; it becomes {@code
   * OUTPUT/<name>} when the stage commits.
   */
  String filesPath(String name);

  /** Runs a piece of work under a description that a person can read in the Spark UI. */
  <T> T describe(String description, java.util.function.Supplier<T> work);

  /** Tells the person at the terminal, in one line. */
  Consumer<String> progress();

  /** Keeps a figure for the manifest and the report, such as {@code fill} or {@code rate.book}. */
  void figure(String name, double value);
}
