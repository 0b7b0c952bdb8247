package org.longspan.report;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.longspan.run.Artifact;
import org.longspan.run.CommitRecord;
import org.longspan.run.RunDirectory;
import org.longspan.stage.Tables;

/** The tables of a run directory that a stage has committed. */
public final class CommittedTables {
  private CommittedTables() {}

  /** A table by name; empty where no stage has committed it. */
  static Optional<Dataset<Row>> of(SparkSession spark, RunDirectory directory, String table) {
    return directory.commits().values().stream()
        .map(CommitRecord::artifacts)
        .flatMap(List::stream)
        .map(Artifact::name)
        .filter(table::equals)
        .findFirst()
        .map(name -> spark.read().schema(Tables.schema(name)).parquet(directory.path(name)));
  }

  /**
   * A table by name.
   *
   * @throws IllegalArgumentException if no stage has committed it
   */
  public static Dataset<Row> required(SparkSession spark, RunDirectory directory, String table) {
    return of(spark, directory, table)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "%s has no %s yet: run it to the stage that makes them first."
                        .formatted(directory.path(), table)));
  }
}
