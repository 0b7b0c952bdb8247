package org.longspan.action;

import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;

/** What the Spark UI says of the jobs of this thread until closed; the caller's words come back. */
final class JobDescription implements AutoCloseable {
  private static final String PROPERTY = "spark.job.description";

  private final SparkContext context;
  private final String before;

  JobDescription(SparkSession spark, String description) {
    this.context = spark.sparkContext();
    this.before = context.getLocalProperty(PROPERTY);
    context.setJobDescription(description);
  }

  @Override
  public void close() {
    context.setJobDescription(before);
  }
}
