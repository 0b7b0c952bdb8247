package org.longspan.action;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.format_string;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.longspan.mix.Cell;
import org.longspan.mix.InfeasibleCell;
import org.longspan.mix.KeyThreshold.Bin;
import org.longspan.mix.Length;
import org.longspan.mix.LengthBucket;
import org.longspan.mix.Mix;
import org.longspan.mix.MixPlan;
import org.longspan.mix.RankKey;
import org.longspan.mix.Supply;
import org.longspan.run.Counts;
import org.longspan.seed.Seeded;
import org.longspan.stage.StageFailedException;

/**
 * Chooses documents and their copies so that lengths and domains reach the shares of a {@link Mix}.
 *
 * <p>A document gets the whole part of its cell's rate, and one copy more if it is among the first
 * of the cell: by score, the highest first and documents without a score last, then by hash. The
 * first are so many that they hold the rate's fraction of the cell's tokens, to within half the
 * document at the border. A document without tokens is never chosen.
 *
 * <p>Only ids, domains, lengths and scores are read. Cost: one join of ids, then a few aggregations
 * over its result, which is held in the executors' storage meanwhile; the driver sees a number of
 * rows that depends on the number of domains alone.
 */
public final class UpsampleAction {
  private static final StructType CHOICES =
      new StructType()
          .add("domain", DataTypes.StringType)
          .add("length", DataTypes.StringType)
          .add("rate", DataTypes.DoubleType)
          .add("whole", DataTypes.IntegerType)
          .add("up_to", DataTypes.LongType);

  private final SparkSession spark;
  private final Dataset<Row> tokens;
  private final Mix mix;
  private Dataset<Row> scores;
  private String scorer;
  private QuantileCutResult cut;
  private Infeasible infeasible = Infeasible.FAIL;
  private long seed;

  private UpsampleAction(SparkSession spark, Dataset<Row> tokens, Mix mix) {
    this.spark = spark;
    this.tokens = tokens;
    this.mix = mix;
  }

  /**
   * @param tokens at least doc_id, domain and n_tokens, one row a document
   * @param mix what the rates are set by, such as {@link org.longspan.mix.PerSource}
   */
  public static UpsampleAction on(SparkSession spark, Dataset<Row> tokens, Mix mix) {
    return new UpsampleAction(spark, tokens, mix);
  }

  /**
   * Lets a score decide which documents of a cell come first; without it chance does.
   *
   * @param scores at least doc_id, scorer and score, one row a document and scorer
   * @param scorer the scorer to rank by
   */
  public UpsampleAction rankedBy(Dataset<Row> scores, String scorer) {
    this.scores = scores;
    this.scorer = scorer;
    return this;
  }

  /**
   * Leaves out the documents that a cut found outside, before any rate is planned: shares are those
   * of what remains.
   */
  public UpsampleAction cut(QuantileCutResult found) {
    this.cut = found;
    return this;
  }

  /** What to do where a target can't be met; {@link Infeasible#FAIL} unless set. */
  public UpsampleAction whenInfeasible(Infeasible policy) {
    this.infeasible = policy;
    return this;
  }

  /** The seed of all chance; 0 unless set. */
  public UpsampleAction seed(long seed) {
    this.seed = seed;
    return this;
  }

  /**
   * Plans the rates and finds the documents.
   *
   * @throws StageFailedException if there are no tokens or the cut leaves none, if the scorer has
   *     no rows or several for a document, or if a target can't be met and the policy is {@link
   *     Infeasible#FAIL}
   */
  public UpsampleResult execute() {
    long began = System.nanoTime();
    Dataset<Row> ranked = ranked().persist(StorageLevel.MEMORY_AND_DISK());
    try (JobDescription ignored = new JobDescription(spark, "upsample: choose documents")) {
      Counts in = supplied();
      checkRanked(in, ranked.count());
      Dataset<Row> inside = ranked.where(not(col("outside")));
      SortedMap<Cell, Bin> cells = RankThresholds.cells(inside);
      checkLeft(in, cells.values());

      MixPlan plan = mix.plan(supplies(cells));
      if (infeasible == Infeasible.FAIL && !plan.infeasible().isEmpty()) {
        throw new StageFailedException(
            plan.infeasible().stream()
                .map(InfeasibleCell::sentence)
                .collect(Collectors.joining(System.lineSeparator())));
      }

      Dataset<Row> selection = selection(inside, cells, plan);
      if (cut != null) {
        selection = selection.unionByName(cutOff(ranked));
      }

      SelectionCounts chosen = SelectionCounts.of(selection, mix.longFrom());
      return new UpsampleResult(
          selection,
          drops(selection, mix.longFrom(), cut),
          chosen.balance(in),
          chosen,
          plan,
          Duration.ofNanos(System.nanoTime() - began));
    } finally {
      ranked.unpersist();
    }
  }

  /**
   * The {@code drops} rows of a {@code selection}: its documents without a copy.
   *
   * @param longFrom tokens from which a document is long
   * @param cut what was left out before; null: nothing
   */
  public static Dataset<Row> drops(Dataset<Row> selection, int longFrom, QuantileCutResult cut) {
    Dataset<Row> notSelected = notSelected(selection, longFrom);
    return cut == null ? notSelected : notSelected.unionByName(cut.drops(selection));
  }

  private static Dataset<Row> notSelected(Dataset<Row> selection, int longFrom) {
    return selection
        .where(col("copies").equalTo(0).and(col("rate").isNotNull()))
        .select(
            col("doc_id"),
            lit("upsample").as("stage"),
            lit("not-selected").as("reason"),
            col("n_tokens").cast(DataTypes.LongType).as("tokens"),
            format_string(
                    "The %s documents of domain %s are taken at a rate of %.4f.",
                    lower(length(longFrom)), col("domain"), col("rate"))
                .as("detail"));
  }

  private Counts supplied() {
    Row row = tokens.agg(count(lit(1)), coalesce(sum("n_tokens"), lit(0L))).first();
    Counts in = new Counts(row.getLong(0), row.getLong(1));
    if (in.tokens() == 0) {
      throw new StageFailedException(
          "There is nothing to choose from: the corpus has %d documents and no tokens. See the drops and the quarantine of the stages before."
              .formatted(in.documents()));
    }

    return in;
  }

  /** One row a document: doc_id, domain, length, n_tokens, score, outside, key. */
  private Dataset<Row> ranked() {
    long chance = seed;
    UserDefinedFunction key =
        udf(
            (UDF2<String, Double, Long>)
                (id, score) -> {
                  long hash = Seeded.hash(chance, "upsample", id);
                  return score == null ? RankKey.unscored(hash) : RankKey.scored(score, hash);
                },
            DataTypes.LongType);
    return marked(scored())
        .withColumn("length", length(mix.longFrom()))
        .withColumn("key", key.apply(col("doc_id"), col("score")));
  }

  private Dataset<Row> scored() {
    Dataset<Row> documents = tokens.select("doc_id", "domain", "n_tokens");
    if (scores == null) {
      return documents.withColumn("score", lit(null).cast(DataTypes.DoubleType));
    }

    Dataset<Row> ofScorer =
        scores.where(col("scorer").equalTo(scorer)).select(col("doc_id"), col("score"));
    return documents.join(ofScorer, new String[] {"doc_id"}, "left");
  }

  private Dataset<Row> marked(Dataset<Row> documents) {
    return cut == null
        ? documents.withColumn("outside", lit(false))
        : documents
            .join(
                cut.outside().select(col("doc_id"), lit(true).as("found")),
                new String[] {"doc_id"},
                "left")
            .withColumn("outside", coalesce(col("found"), lit(false)));
  }

  private void checkLeft(Counts in, Collection<Bin> cells) {
    if (cells.stream().mapToLong(Bin::tokens).sum() == 0) {
      throw new StageFailedException(
          "The cut from %s to %s leaves none of the %d documents. Set upsample.cut.from and upsample.cut.to farther apart, and thresholds lower."
              .formatted(cut.cut().from(), cut.cut().to(), in.documents()));
    }
  }

  private void checkRanked(Counts in, long documents) {
    if (documents != in.documents()) {
      throw new StageFailedException(
          "There are %d documents but %d rows after the join with the scores: some document has several rows of scorer %s. Keep one row a document and scorer."
              .formatted(in.documents(), documents, scorer));
    }

    if (scores != null && scores.where(col("scorer").equalTo(scorer)).isEmpty()) {
      throw new StageFailedException(
          "The scores have no row of scorer %s, so they can't decide which documents come first. Name a scorer that was run."
              .formatted(scorer));
    }
  }

  private static Collection<Supply> supplies(Map<Cell, Bin> cells) {
    Map<String, Supply> supplies = new TreeMap<>();
    cells.forEach(
        (cell, bin) -> {
          Supply part =
              cell.length() == Length.LONG
                  ? new Supply(cell.domain(), 0, 0, bin.documents(), bin.tokens())
                  : new Supply(cell.domain(), bin.documents(), bin.tokens(), 0, 0);
          supplies.merge(cell.domain(), part, Supply::plus);
        });
    return supplies.values();
  }

  private Dataset<Row> selection(Dataset<Row> inside, Map<Cell, Bin> cells, MixPlan plan) {
    Map<Cell, Long> wanted = new TreeMap<>();
    cells.forEach(
        (cell, bin) -> {
          double rate = plan.rate(cell);
          wanted.put(cell, Math.round((rate - Math.floor(rate)) * bin.tokens()));
        });

    List<Row> choices = new ArrayList<>();
    RankThresholds.settle(spark, inside, cells, wanted)
        .forEach(
            (cell, upTo) -> {
              double rate = plan.rate(cell);
              choices.add(
                  RowFactory.create(
                      cell.domain(), cell.length().name(), rate, (int) Math.floor(rate), upTo));
            });

    return inside
        .join(
            broadcast(spark.createDataFrame(choices, CHOICES)),
            new String[] {"domain", "length"},
            "inner")
        .select(
            col("doc_id"),
            col("domain"),
            bucket(),
            col("n_tokens"),
            col("score"),
            col("rate"),
            expr("if(n_tokens = 0, 0, whole + if(key <= up_to, 1, 0))").as("copies"));
  }

  /** The rows of documents for which no rate is set. */
  private static Dataset<Row> cutOff(Dataset<Row> ranked) {
    return ranked
        .where(col("outside"))
        .select(
            col("doc_id"),
            col("domain"),
            bucket(),
            col("n_tokens"),
            col("score"),
            lit(null).cast(DataTypes.DoubleType).as("rate"),
            lit(0).as("copies"));
  }

  private static Column bucket() {
    return udf(
            (UDF1<Integer, String>) length -> LengthBucket.of(length).label(), DataTypes.StringType)
        .apply(col("n_tokens"))
        .as("bucket");
  }

  /** The name of a document's {@link Length}. */
  static Column length(int longFrom) {
    return when(col("n_tokens").geq(longFrom), Length.LONG.name()).otherwise(Length.SHORT.name());
  }
}
