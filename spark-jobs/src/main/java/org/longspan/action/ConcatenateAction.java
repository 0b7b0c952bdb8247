package org.longspan.action;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.flatten;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.udf;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.longspan.seed.Seeded;

/**
 * Windows of one document, and windows of the same length strung together of several short ones,
 * domain by domain. Documents are drawn by a hash of their id.
 *
 * <p>Only as many ids as are drawn come to the driver, and only the tokens of the windows are
 * shuffled. Cost: a sort of ids in each domain, and two passes over lengths.
 */
public final class ConcatenateAction {
  private static final StructType PIECES =
      new StructType()
          .add("doc_id", DataTypes.StringType)
          .add("window_id", DataTypes.StringType)
          .add("kind", DataTypes.StringType)
          .add("order", DataTypes.IntegerType)
          .add("tokens", DataTypes.IntegerType);

  private final SparkSession spark;
  private final Dataset<Row> tokens;
  private int window = 2048;
  private int parts = 8;
  private int most = 20;
  private long seed;

  private ConcatenateAction(SparkSession spark, Dataset<Row> tokens) {
    this.spark = spark;
    this.tokens = tokens;
  }

  /**
   * @param tokens doc_id, domain, n_tokens and input_ids, one row a document
   */
  public static ConcatenateAction on(SparkSession spark, Dataset<Row> tokens) {
    return new ConcatenateAction(spark, tokens);
  }

  /** Tokens of a window; 2048 unless set. */
  public ConcatenateAction window(int length) {
    this.window = length;
    return this;
  }

  /** Documents of a concatenation; 8 unless set. */
  public ConcatenateAction parts(int documents) {
    this.parts = documents;
    return this;
  }

  /** Windows of each kind in each domain at most; 20 unless set. */
  public ConcatenateAction windows(int count) {
    this.most = count;
    return this;
  }

  /** Decides which documents are drawn; 0 unless set. */
  public ConcatenateAction seed(long decides) {
    this.seed = decides;
    return this;
  }

  /**
   * Draws the documents; the windows themselves are made when they are read.
   *
   * @throws IllegalArgumentException if a window has fewer tokens than parts
   */
  public ConcatenateResult execute() {
    ConcatenationPlan.Shape shape = new ConcatenationPlan.Shape(window, parts);

    try (JobDescription ignored = new JobDescription(spark, "evaluate: draw windows")) {
      ConcatenationPlan plan = ConcatenationPlan.of(supplies(shape), shape, most, seed);
      return new ConcatenateResult(windows(plan), plan.windows(), plan.notes());
    }
  }

  private List<ConcatenationPlan.Supply> supplies(ConcatenationPlan.Shape shape) {
    Column enough = col("n_tokens").geq(shape.longest());
    SortedMap<String, List<String>> whole =
        drawn("native-window", col("n_tokens").geq(window), most);
    SortedMap<String, List<String>> pieces =
        drawn("concatenation", enough, Math.multiplyExact(most, parts + 1));
    return tokens.groupBy("domain").agg(count_if(enough)).orderBy("domain").collectAsList().stream()
        .map(
            row ->
                new ConcatenationPlan.Supply(
                    row.getString(0),
                    row.getLong(1),
                    whole.getOrDefault(row.getString(0), List.of()),
                    pieces.getOrDefault(row.getString(0), List.of())))
        .toList();
  }

  /** The first ids of each domain by a hash. */
  private SortedMap<String, List<String>> drawn(String purpose, Column which, int first) {
    long decides = seed;
    Column chance =
        udf((UDF1<String, Long>) id -> Seeded.hash(decides, purpose, id), DataTypes.LongType)
            .apply(col("doc_id"));
    SortedMap<String, List<String>> ids = new TreeMap<>();
    tokens
        .where(which)
        .select(col("domain"), col("doc_id"), chance.as("chance"))
        .withColumn(
            "place",
            row_number().over(Window.partitionBy("domain").orderBy(col("chance"), col("doc_id"))))
        .where(col("place").leq(first))
        .orderBy("domain", "place")
        .select("domain", "doc_id")
        .collectAsList()
        .forEach(
            row ->
                ids.computeIfAbsent(row.getString(0), domain -> new ArrayList<>())
                    .add(row.getString(1)));
    return ids;
  }

  private Dataset<Row> windows(ConcatenationPlan plan) {
    List<Row> rows =
        plan.pieces().stream()
            .map(
                piece ->
                    RowFactory.create(
                        piece.docId(),
                        piece.windowId(),
                        piece.kind(),
                        piece.order(),
                        piece.tokens()))
            .toList();
    return tokens
        .join(broadcast(spark.createDataFrame(rows, PIECES)), "doc_id")
        .groupBy(col("window_id").as("doc_id"), col("domain"), col("kind"))
        .agg(
            array_sort(
                    collect_list(
                        struct(col("order"), expr("slice(input_ids, 1, tokens)").as("ids"))))
                .as("pieces"))
        .select(
            col("doc_id"),
            col("domain"),
            col("kind"),
            flatten(transform(col("pieces"), piece -> piece.getField("ids"))).as("input_ids"))
        .select(
            col("doc_id"),
            col("domain"),
            col("kind"),
            size(col("input_ids")).as("n_tokens"),
            col("input_ids"));
  }
}
