package org.longspan.stage;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkContext;

/**
 * What the Spark UI calls the jobs of this thread until it is closed; then they are called as
 * before. A job group that the caller has set stays: a notebook cancels its cell by it.
 */
final class JobDescription implements AutoCloseable {
  private static final String GROUP = "spark.jobGroup.id";
  private static final String DESCRIPTION = "spark.job.description";

  private final SparkContext spark;
  private final Map<String, String> before = new HashMap<>();

  JobDescription(SparkContext spark, String description) {
    this.spark = spark;
    for (String property : List.of(GROUP, DESCRIPTION)) {
      before.put(property, spark.getLocalProperty(property));
    }

    if (before.get(GROUP) == null) {
      spark.setLocalProperty(GROUP, "longspan");
    }

    spark.setLocalProperty(DESCRIPTION, description);
  }

  @Override
  public void close() {
    before.forEach(spark::setLocalProperty);
  }
}
