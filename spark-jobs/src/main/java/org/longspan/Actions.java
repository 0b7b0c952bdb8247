package org.longspan;

import org.apache.spark.sql.SparkSession;
import org.longspan.conf.RunConfiguration;

/** What Longspan can do with a session. Each call gives an action; {@code execute()} does it. */
public final class Actions {
  private final SparkSession spark;

  private Actions(SparkSession spark) {
    this.spark = spark;
  }

  public static Actions on(SparkSession spark) {
    return new Actions(spark);
  }

  /** All stages of a configuration, in its run directory. */
  public RunAction run(RunConfiguration configuration) {
    return new RunAction(spark, configuration);
  }
}
