package org.longspan.action;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;

/** A benchmark on two cores that is run at several sizes, once before them to warm up. */
final class SizedBenchmark {
  private static final long WARM_UP = 300_000;

  private SizedBenchmark() {}

  /** What is run at one size; gives back what its line says besides. */
  interface Measured {
    String run(SparkSession spark, long size);
  }

  /**
   * Runs it and prints a line a size: seconds, and what tasks sent to the driver.
   *
   * @param what is counted, such as {@code documents}
   * @param sizes numbers, as on the command line
   */
  static void main(String what, String[] sizes, Measured measured) {
    SparkSession spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "4")
            .config("spark.driver.host", "127.0.0.1")
            .getOrCreate();
    spark.sparkContext().setLogLevel("ERROR");
    AtomicLong sent = new AtomicLong();
    spark
        .sparkContext()
        .addSparkListener(
            new SparkListener() {
              @Override
              public void onTaskEnd(SparkListenerTaskEnd end) {
                sent.addAndGet(end.taskMetrics().resultSize());
              }
            });
    measured.run(spark, WARM_UP);
    for (String size : sizes) {
      sent.set(0);
      long begun = System.nanoTime();
      String more = measured.run(spark, Long.parseLong(size));
      System.out.printf(
          "%,d %s: %.1f s, %,d KB sent to the driver%s%n",
          Long.parseLong(size), what, (System.nanoTime() - begun) / 1e9, sent.get() >> 10, more);
    }

    spark.stop();
  }
}
