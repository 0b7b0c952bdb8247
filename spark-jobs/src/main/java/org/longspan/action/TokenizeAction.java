package org.longspan.action;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.udf;

import java.time.Duration;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;
import org.longspan.run.Balance;
import org.longspan.run.Counts;
import org.longspan.tokenizer.Tokenizer;
import org.longspan.tokenizer.TokenizerFiles;

/**
 * Turns the text of documents into the ids of a tokenizer, whole documents, row by row.
 *
 * <p>The tokenizer's files are read here and sent to the executors, so they need not see the place
 * where the files lie. Cost: one pass of the tokenizer over the text, some 250,000 tokens a second
 * and core; no shuffle. A document without tokens has no row.
 */
public final class TokenizeAction {
  private static final String NO_TOKENS = "no-tokens";

  private final SparkSession spark;
  private final Dataset<Row> documents;
  private final TokenizerFiles tokenizer;

  private TokenizeAction(SparkSession spark, Dataset<Row> documents, TokenizerFiles tokenizer) {
    this.spark = spark;
    this.documents = documents;
    this.tokenizer = tokenizer;
  }

  /**
   * @param documents at least doc_id, domain and text, one row a document
   * @param tokenizer {@code builtin:starter}, a tokenizer.json, or a Hugging Face directory
   * @throws IllegalArgumentException if there is no tokenizer at that place
   */
  public static TokenizeAction on(SparkSession spark, Dataset<Row> documents, String tokenizer) {
    return on(spark, documents, TokenizerFiles.read(tokenizer));
  }

  /** As above, with a tokenizer whose files are read. */
  public static TokenizeAction on(
      SparkSession spark, Dataset<Row> documents, TokenizerFiles tokenizer) {
    return new TokenizeAction(spark, documents, tokenizer);
  }

  /** Counts what comes out; the tables themselves are computed when they are read. */
  public TokenizeResult execute() {
    long began = System.nanoTime();
    Dataset<Row> tokens = tokens();

    try (JobDescription ignored = new JobDescription(spark, "tokenize: count")) {
      Balance counts = counts(tokens);
      return new TokenizeResult(
          tokens, drops(tokens, counts), counts, Duration.ofNanos(System.nanoTime() - began));
    }
  }

  /** The {@code tokens} table, not computed yet. */
  public Dataset<Row> tokens() {
    Broadcast<TokenizerFiles> files =
        JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(tokenizer);
    UserDefinedFunction ids =
        udf(
                (UDF1<String, int[]>)
                    text -> text == null ? null : Tokenizer.of(files.value()).encode(text),
                DataTypes.createArrayType(DataTypes.IntegerType, false))
            // Or else the optimiser would copy the function into the filter and run it twice.
            .asNondeterministic();
    return documents
        .select(col("doc_id"), col("domain"), ids.apply(col("text")).as("input_ids"))
        .where(size(col("input_ids")).gt(0))
        .select(
            col("doc_id"), col("domain"), size(col("input_ids")).as("n_tokens"), col("input_ids"));
  }

  /** What went in and came out, where {@code tokens} is the table, best as it was written. */
  public Balance counts(Dataset<Row> tokens) {
    long before = documents.count();
    Row after = tokens.agg(count(lit(1)), coalesce(sum("n_tokens"), lit(0L))).first();
    Counts out = new Counts(after.getLong(0), after.getLong(1));
    return Balance.of(
        new Counts(before, 0),
        Map.of("tokenized", new Counts(0, out.tokens())),
        out,
        before == out.documents()
            ? Map.of()
            : Map.of(NO_TOKENS, new Counts(before - out.documents(), 0)));
  }

  /**
   * The {@code drops} rows of the documents that have no tokens; where there are some, one join of
   * ids.
   */
  public Dataset<Row> drops(Dataset<Row> tokens, Balance counts) {
    Dataset<Row> without =
        counts.dropped().isEmpty()
            ? documents.limit(0)
            : documents.join(tokens.select("doc_id"), new String[] {"doc_id"}, "left_anti");
    return without.select(
        col("doc_id"),
        lit("tokenize").as("stage"),
        lit(NO_TOKENS).as("reason"),
        lit(0L).as("tokens"),
        lit("The tokenizer gives no token for this text.").as("detail"));
  }
}
