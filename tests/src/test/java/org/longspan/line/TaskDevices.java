package org.longspan.line;

import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.longspan.action.ScoreAction;
import org.longspan.scoring.TaskDevice;

/** A program that prints on which devices tasks would compute, and what scoring says of it. */
final class TaskDevices {
  private TaskDevices() {}

  public static void main(String[] args) {
    try (SparkSession spark = SparkSession.builder().getOrCreate()) {
      JavaSparkContext context = new JavaSparkContext(spark.sparkContext());
      List<String> devices =
          context
              .parallelize(Collections.nCopies(8, ""), 8)
              .map(
                  each -> {
                    // Long enough that no task waits for the other's device.
                    Thread.sleep(500);
                    return TaskDevice.of("auto") + " " + TaskDevice.of("cpu");
                  })
              .collect();
      System.out.println("devices: " + new TreeSet<>(devices));
      ScoreAction.on(
              spark,
              spark
                  .createDataset(List.of("word ".repeat(400)), Encoders.STRING())
                  .selectExpr("'a' AS doc_id", "'web' AS domain", "value AS text"))
          .execute();
    }
  }
}
