package org.longspan.action;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * What the Spark UI calls the jobs of this thread until it is closed; then they are called as
 * before. A job group that the caller has set stays: a notebook cancels its cell by it.
 */
public final class JobDescription implements AutoCloseable {
  private static final String GROUP = "spark.jobGroup.id";
  private static final String DESCRIPTION = "spark.job.description";

  private final SparkContext spark;
  private final Map<String, String> before = new HashMap<>();

  public JobDescription(SparkSession session, String description) {
    this.spark = session.sparkContext();
    for (String property : List.of(GROUP, DESCRIPTION)) {
      before.put(property, spark.getLocalProperty(property));
    }

    if (before.get(GROUP) == null) {
      spark.setLocalProperty(GROUP, "longspan");
    }

    spark.setLocalProperty(DESCRIPTION, description);
  }

  /** Does the work under a description. */
  static <T> T during(SparkSession spark, String description, Supplier<T> work) {
    try (JobDescription named = new JobDescription(spark, description)) {
      return work.get();
    }
  }

  @Override
  public void close() {
    before.forEach(spark::setLocalProperty);
  }
}
