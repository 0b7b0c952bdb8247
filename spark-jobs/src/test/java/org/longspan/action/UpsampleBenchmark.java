package org.longspan.action;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.longspan.mix.Border;
import org.longspan.mix.LongShare;
import org.longspan.mix.PerSource;

/**
 * Time of choosing among millions of made-up documents on two cores, and what the driver is sent.
 * Run by hand, with Spark's {@code --add-opens}, the class path of the tests and the numbers of
 * documents:
 *
 * <pre>
 * java -Xmx2g ... org.longspan.action.UpsampleBenchmark 1000000 3000000 10000000
 * </pre>
 *
 * <p>Eight domains, log-normal lengths with a median of 665 tokens, chance as the score. The time
 * has the histogram, the thresholds and the writing of the selection to nowhere. The first line
 * warms up.
 */
final class UpsampleBenchmark {
  private UpsampleBenchmark() {}

  public static void main(String[] arguments) {
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
    measure(spark, 300_000, sent);
    for (String documents : arguments) {
      measure(spark, Long.parseLong(documents), sent);
    }

    spark.stop();
  }

  private static void measure(SparkSession spark, long documents, AtomicLong sent) {
    Dataset<Row> corpus =
        spark
            .range(0, documents, 1, 8)
            .selectExpr(
                "concat('doc-', id) as doc_id",
                "concat('domain-', pmod(hash(id), 8)) as domain",
                "cast(least(exp(6.5 + 1.5 * randn(11)), 2000000) as int) as n_tokens");
    sent.set(0);
    long begun = System.nanoTime();
    UpsampleResult chosen =
        UpsampleAction.on(spark, corpus, new PerSource(new LongShare(8_192, 0.5)))
            .longFrom(8_192)
            .border(Border.CUT)
            .maxEpochs(8)
            .seed(11)
            .execute();
    chosen.selection().write().format("noop").mode("overwrite").save();
    double seconds = (System.nanoTime() - begun) / 1e9;
    System.out.printf(
        "%,d documents: %.1f s, %,d cells, %,d KB sent to the driver, %,d tokens chosen%n",
        documents,
        seconds,
        chosen.cells().cells().size(),
        sent.get() >> 10,
        chosen.counts().out().tokens());
  }
}
