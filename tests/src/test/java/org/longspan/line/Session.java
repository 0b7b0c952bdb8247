package org.longspan.line;

import org.apache.spark.sql.SparkSession;

/** A session to read what runs wrote. */
final class Session {
  private static final SparkSession SPARK =
      SparkSession.builder()
          .master("local[2]")
          .appName("longspan-tests")
          .config("spark.ui.enabled", "false")
          .config("spark.sql.ansi.enabled", "true")
          .config("spark.sql.shuffle.partitions", "4")
          .config("spark.driver.host", "127.0.0.1")
          .config("spark.driver.bindAddress", "127.0.0.1")
          .getOrCreate();

  private Session() {}

  static SparkSession spark() {
    return SPARK;
  }
}
