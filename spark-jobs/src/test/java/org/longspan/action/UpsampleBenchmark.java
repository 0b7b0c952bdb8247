package org.longspan.action;

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
 * has the histogram, the thresholds and the writing of the selection to nowhere. It is run once
 * before, to warm up.
 */
final class UpsampleBenchmark {
  private UpsampleBenchmark() {}

  public static void main(String[] arguments) {
    SizedBenchmark.main("documents", arguments, UpsampleBenchmark::choose);
  }

  private static String choose(SparkSession spark, long documents) {
    Dataset<Row> corpus =
        spark
            .range(0, documents, 1, 8)
            .selectExpr(
                "concat('doc-', id) as doc_id",
                "concat('domain-', pmod(hash(id), 8)) as domain",
                "cast(least(exp(6.5 + 1.5 * randn(11)), 2000000) as int) as n_tokens");
    UpsampleResult chosen =
        UpsampleAction.on(spark, corpus, new PerSource(new LongShare(8_192, 0.5)))
            .longFrom(8_192)
            .border(Border.CUT)
            .maxEpochs(8)
            .seed(11)
            .execute();
    chosen.selection().write().format("noop").mode("overwrite").save();
    return ", %,d cells, %,d tokens chosen"
        .formatted(chosen.cells().cells().size(), chosen.counts().out().tokens());
  }
}
