package org.longspan.action;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.slice;
import static org.apache.spark.sql.functions.struct;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.longspan.model.TorchScript;
import org.longspan.relate.EntropyLong;
import org.longspan.scoring.ScoringModel;

/**
 * Checks edges by a language model, as {@link EntropyLong} does: a neighbour stays if reading it
 * makes the model surer about the document's uncertain tokens.
 *
 * <p>Of the model's window the first half is the neighbour's: its last tokens, which stand right
 * before the document where the neighbour is laid before it. The second half is the document's
 * first tokens. Only these travel: one shuffle of the neighbours' tokens by edge, and one of the
 * documents' by doc_id. A document and its neighbours are measured together and with no other, so
 * that the verdicts do not depend on partitions.
 *
 * <p>Cost: half a window of tokens through the model for each document with neighbours, and a
 * window for each edge.
 */
public final class CheckEdgesAction {
  private final SparkSession spark;
  private final Dataset<Row> edges;
  private final Dataset<Row> documents;
  private Dataset<Row> tokens;
  private String tokensFingerprint;
  private EntropyLong check =
      new EntropyLong(
          EntropyLong.PUBLISHED_DEVIATIONS,
          EntropyLong.PUBLISHED_DROP,
          EntropyLong.Over.MEAN,
          false);
  private int window;
  private String model = "builtin:starter";
  private TorchScript torchScript = TorchScript.REFUSED;
  private int batchTokens = 16_384;
  private String device = "auto";

  private CheckEdgesAction(SparkSession spark, Dataset<Row> edges, Dataset<Row> documents) {
    this.spark = spark;
    this.edges = edges;
    this.documents = documents;
  }

  /**
   * @param edges the {@code edges} table
   * @param documents at least doc_id, domain and text, of both sides of every edge
   */
  public static CheckEdgesAction on(
      SparkSession spark, Dataset<Row> edges, Dataset<Row> documents) {
    return new CheckEdgesAction(spark, edges, documents);
  }

  /**
   * Reads ids that are there already, if the model's tokenizer is the one that made them.
   *
   * @param table the {@code tokens} table of the documents
   * @param fingerprint of the tokenizer that made it
   */
  public CheckEdgesAction tokens(Dataset<Row> table, String fingerprint) {
    this.tokens = table;
    this.tokensFingerprint = fingerprint;
    return this;
  }

  /** The check; that of the paper, over the mean, unless set. */
  public CheckEdgesAction by(EntropyLong entropyLong) {
    this.check = entropyLong;
    return this;
  }

  /** Tokens of a neighbour and a document together, from 4; 0, the default: the model's. */
  public CheckEdgesAction window(int tokensAtOnce) {
    this.window = tokensAtOnce;
    return this;
  }

  /** The model, as for {@link ScoringModel#check}; {@code builtin:starter} unless set. */
  public CheckEdgesAction model(String location, TorchScript choice) {
    this.model = location;
    this.torchScript = choice;
    return this;
  }

  /** Tokens of one forward pass, over all its rows; 16,384 unless set. */
  public CheckEdgesAction batchTokens(int most) {
    this.batchTokens = most;
    return this;
  }

  /** {@code auto}, {@code cpu} or {@code gpu}; {@code auto} unless set. */
  public CheckEdgesAction device(String name) {
    this.device = name;
    return this;
  }

  /**
   * Checks every edge; when this returns the model has read all.
   *
   * @throws IllegalArgumentException if the window does not fit the model
   * @throws org.longspan.model.ModelException if the model cannot be read
   */
  public CheckEdgesResult execute() {
    long began = System.nanoTime();
    ScoringModel checked = ScoringModel.check(model, torchScript);
    EdgeChecking work =
        new EdgeChecking(check, window(checked, window), checked, device, batchTokens);
    Dataset<Row> verdicts =
        neighbourhoods(checked, work)
            .flatMap(
                (FlatMapFunction<Row, Row>) document -> work.verdicts(document).iterator(),
                Encoders.row(EdgeChecking.SCHEMA))
            .persist(StorageLevel.MEMORY_AND_DISK());
    Map<String, Long> counts = new TreeMap<>();
    JobDescription.during(
            spark,
            "Relate: check edges by EntropyLong",
            () -> verdicts.groupBy("verdict").count().collectAsList())
        .forEach(row -> counts.put(row.getString(0), row.getLong(1)));
    return new CheckEdgesResult(
        verdicts.where(col("verdict").notEqual(EdgeChecking.DROPPED)).drop("verdict"),
        counts.getOrDefault(EdgeChecking.KEPT, 0L),
        counts.getOrDefault(EdgeChecking.DROPPED, 0L),
        counts.getOrDefault(EdgeChecking.UNCHECKED, 0L),
        Duration.ofNanos(System.nanoTime() - began));
  }

  /**
   * The window that a check reads with a model.
   *
   * @param wanted 0: the model's
   * @throws IllegalArgumentException if the model has fewer positions
   */
  public static int window(ScoringModel model, int wanted) {
    if (wanted > model.positions() || (wanted > 0 && wanted < 4)) {
      throw new IllegalArgumentException(
          "A neighbour and a document cannot be read in %d tokens by the model at %s, which has %d positions: set relate.check.window from 4 to that."
              .formatted(wanted, model.location(), model.positions()));
    }

    return wanted == 0 ? model.positions() : wanted;
  }

  /** One row a document that has neighbours: its tokens, and the neighbours' by rank. */
  private Dataset<Row> neighbourhoods(ScoringModel checked, EdgeChecking work) {
    Dataset<Row> ids = ids(checked);
    Dataset<Row> heads =
        ids.select(col("doc_id"), slice(col("input_ids"), 1, work.documentTokens()).as("head"));
    Dataset<Row> tails =
        ids.select(
            col("doc_id").as("neighbour_id"),
            expr("slice(input_ids, greatest(1, size(input_ids) - %1$d + 1), %1$d)"
                    .formatted(work.neighbourTokens()))
                .as("tail"));
    return edges
        .join(tails, new String[] {"neighbour_id"}, "left")
        .groupBy("doc_id")
        .agg(
            array_sort(
                    collect_list(struct("rank", "neighbour_id", "similarity", "retriever", "tail")))
                .as("neighbours"))
        .join(heads, new String[] {"doc_id"}, "left")
        .select("doc_id", "head", "neighbours")
        .where(size(col("neighbours")).gt(0));
  }

  private Dataset<Row> ids(ScoringModel checked) {
    if (tokens != null && checked.tokenizer().fingerprint().equals(tokensFingerprint)) {
      return tokens;
    }

    Dataset<Row> related =
        edges.select("doc_id").union(edges.select(col("neighbour_id").as("doc_id"))).distinct();
    return TokenizeAction.on(
            spark,
            documents.join(related, new String[] {"doc_id"}, "left_semi"),
            checked.tokenizer())
        .tokens();
  }
}
