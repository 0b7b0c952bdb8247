package org.longspan.action;

import java.util.function.Supplier;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;

/** Names jobs for the person who watches the Spark UI, and gives the caller's own name back. */
final class JobNames {
  private static final String DESCRIPTION = "spark.job.description";

  private JobNames() {}

  static <T> T during(SparkSession spark, String description, Supplier<T> work) {
    SparkContext context = spark.sparkContext();
    String before = context.getLocalProperty(DESCRIPTION);
    context.setJobDescription(description);
    try {
      return work.get();
    } finally {
      context.setJobDescription(before);
    }
  }
}
