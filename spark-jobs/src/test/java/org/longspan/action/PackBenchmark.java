package org.longspan.action;

import java.util.Arrays;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Time of laying out millions of short made-up documents on two cores, and what the driver is sent.
 * Run by hand, with Spark's {@code --add-opens}, the class path of the tests, a packer and the
 * numbers of documents:
 *
 * <pre>
 * java -Xmx2g ... org.longspan.action.PackBenchmark splice 500000 1000000 2000000
 * </pre>
 *
 * <p>Documents of 64 to 1,087 tokens in two domains, each with ten neighbours drawn among the
 * thousand documents around it, in slices of 500,000, on sequences of 131,072 tokens. The time has
 * the layout and its checks, and reading the layout once; tokens are not joined. It is run once
 * before, to warm up.
 */
final class PackBenchmark {
  private PackBenchmark() {}

  public static void main(String[] arguments) {
    String packer = arguments[0];
    SizedBenchmark.main(
        "documents",
        Arrays.copyOfRange(arguments, 1, arguments.length),
        (spark, documents) -> pack(spark, packer, documents));
  }

  private static String pack(SparkSession spark, String packer, long documents) {
    Dataset<Row> selection =
        spark
            .range(0, documents, 1, 8)
            .selectExpr(
                "format_string('doc-%010d', id) as doc_id",
                "if(id < %d, 'code', 'web') as domain".formatted(documents / 2),
                "'all' as bucket",
                "cast(64 + pmod(hash(id), 1024) as int) as n_tokens",
                "cast(null as double) as score",
                "1.0d as rate",
                "1 as copies",
                "cast(null as int) as last_copy_tokens");
    Dataset<Row> edges =
        spark
            .range(0, documents, 1, 8)
            .selectExpr("id", "explode(sequence(0, 9)) as rank")
            .selectExpr(
                "format_string('doc-%010d', id) as doc_id",
                "format_string('doc-%%010d', pmod(id + pmod(hash(id, rank), 1000) - 500, %d)) as neighbour_id"
                    .formatted(documents),
                "rank",
                "1.0d / (rank + 1) as similarity",
                "'made-up' as retriever");
    // The layout does not read the tokens.
    Dataset<Row> tokens =
        selection.selectExpr("doc_id", "domain", "n_tokens", "array(0) as input_ids");
    try (PackResult packed =
        PackAction.on(spark, tokens, selection, edges).packer(packer).execute()) {
      packed.layout().write().format("noop").mode("overwrite").save();
      return ", %,.0f sequences, %.2f %% filled"
          .formatted(packed.figures().get("sequences"), 100 * packed.figures().get("fill"));
    }
  }
}
