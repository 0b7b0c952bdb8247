package org.longspan.testing;

import org.apache.spark.sql.SparkSession;

/** One small local session for all tests of a module, in ANSI mode, as Spark 4 runs by default. */
public final class LocalSpark {
  private static SparkSession session;

  private LocalSpark() {}

  /** The session; its settings are not to be changed by tests. */
  public static synchronized SparkSession session() {
    if (session == null) {
      session =
          SparkSession.builder()
              .master("local[2]")
              .appName("longspan-tests")
              .config("spark.ui.enabled", "false")
              .config("spark.sql.ansi.enabled", "true")
              .config("spark.sql.shuffle.partitions", "3")
              .config("spark.default.parallelism", "3")
              .config("spark.driver.host", "127.0.0.1")
              .config("spark.driver.bindAddress", "127.0.0.1")
              .config("spark.sql.warehouse.dir", "target/spark-warehouse")
              .getOrCreate();
      session.sparkContext().setLogLevel("WARN");
    }

    return session;
  }
}
