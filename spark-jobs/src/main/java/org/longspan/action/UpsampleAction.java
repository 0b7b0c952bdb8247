package org.longspan.action;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.format_string;
import static org.apache.spark.sql.functions.lit;
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
import org.longspan.length.LengthBorders;
import org.longspan.length.LengthBucket;
import org.longspan.mix.Allocation;
import org.longspan.mix.Border;
import org.longspan.mix.BorderDocument;
import org.longspan.mix.Cell;
import org.longspan.mix.Infeasible;
import org.longspan.mix.KeyThreshold.Bin;
import org.longspan.mix.Mix;
import org.longspan.mix.MixPlan;
import org.longspan.mix.RankOrder;
import org.longspan.mix.Supplies;
import org.longspan.mix.Supply;
import org.longspan.mix.TopScores;
import org.longspan.run.Counts;
import org.longspan.seed.Seeded;
import org.longspan.stage.StageFailedException;

/**
 * Chooses documents and their copies so that lengths and domains reach the shares of a {@link Mix}.
 *
 * <p>A document gets the whole part of its cell's rate, and one copy more if it is among the first
 * of the cell: by {@link RankOrder}, documents without a score last, then by hash. The first are so
 * many that they hold the rate's fraction of the cell's tokens; what becomes of the document at the
 * border is a {@link Border}. A document without tokens is never chosen.
 *
 * <p>Only ids, domains, lengths and scores are read. Cost: one join of ids, then a few aggregations
 * over its result, which is held in the executors' storage meanwhile; the driver sees a number of
 * rows that depends on the number of cells alone.
 */
public final class UpsampleAction {
  /** Reasons in {@code drops}. */
  static final String NOT_SELECTED = "not-selected";

  static final String BORDER = "border";
  static final String LENGTH = "length";
  static final String USED = "used";

  /** The reason of a document's loss, while it is counted. */
  static final String REASON = "reason";

  private static final LengthBucket EVERY_LENGTH = LengthBucket.atLeast(0);

  private static final StructType CHOICES =
      new StructType()
          .add("domain", DataTypes.StringType)
          .add("from", DataTypes.IntegerType)
          .add("rate", DataTypes.DoubleType)
          .add("whole", DataTypes.IntegerType)
          .add("border_key", DataTypes.LongType)
          .add("border_tokens", DataTypes.IntegerType)
          .add("border_id", DataTypes.StringType)
          .add("border_kept", DataTypes.IntegerType);

  private final SparkSession spark;
  private final Dataset<Row> tokens;
  private final Mix mix;
  private LengthBorders borders = LengthBorders.doubling(7, 20);
  private int longFrom = 32_768;
  private long wantedTokens;
  private double maxEpochs = MixPlan.HARMLESS_EPOCHS;
  private Infeasible infeasible = Infeasible.FAIL;
  private Border border = Border.WHOLE;
  private RankOrder order = new TopScores();
  private LengthBucket lengths = EVERY_LENGTH;
  private Dataset<Row> scores;
  private String scorer;
  private QuantileCutResult cut;
  private UsedDocuments used = UsedDocuments.NONE;
  private long seed;

  private UpsampleAction(SparkSession spark, Dataset<Row> tokens, Mix mix) {
    this.spark = spark;
    this.tokens = tokens;
    this.mix = mix;
  }

  /**
   * @param tokens at least doc_id, domain and n_tokens, one row a document
   * @param mix who decides the shares, such as {@link org.longspan.mix.PerSource}
   */
  public static UpsampleAction on(SparkSession spark, Dataset<Row> tokens, Mix mix) {
    return new UpsampleAction(spark, tokens, mix);
  }

  /**
   * Where the cells' length buckets begin; otherwise each is twice as long as the one before, from
   * 128 tokens to a million. What the mix and {@link #longFrom} tell apart are borders too.
   */
  public UpsampleAction borders(LengthBorders where) {
    this.borders = where;
    return this;
  }

  /** Tokens from which a document counts as long in figures; 32,768 unless set. */
  public UpsampleAction longFrom(int tokensOfADocument) {
    this.longFrom = tokensOfADocument;
    return this;
  }

  /** Tokens to choose in all; 0, as unless set: as many as there are. */
  public UpsampleAction tokens(long wanted) {
    this.wantedTokens = wanted;
    return this;
  }

  /** The highest rate of a cell, above 0; 4 unless set. */
  public UpsampleAction maxEpochs(double most) {
    this.maxEpochs = most;
    return this;
  }

  /** What to do where cells lack tokens; {@link Infeasible#FAIL} unless set. */
  public UpsampleAction whenInfeasible(Infeasible policy) {
    this.infeasible = policy;
    return this;
  }

  /** What becomes of the document at a cell's border; {@link Border#WHOLE} unless set. */
  public UpsampleAction border(Border what) {
    this.border = what;
    return this;
  }

  /** The order in which a cell's documents are chosen; {@link TopScores} unless set. */
  public UpsampleAction order(RankOrder which) {
    this.order = which;
    return this;
  }

  /** Leaves out documents of other lengths, before anything else; none unless set. */
  public UpsampleAction lengths(LengthBucket kept) {
    this.lengths = kept;
    return this;
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

  /**
   * Leaves out the documents that were chosen elsewhere, before anything else: shares and budgets
   * are those of what remains. None unless set.
   */
  public UpsampleAction without(UsedDocuments chosen) {
    this.used = chosen;
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
   * @throws org.longspan.mix.UnfitMixException if the mix names a domain that has no tokens, or
   *     more tokens are wanted than there are at the highest rate and the policy is to fail
   * @throws StageFailedException if there are no tokens or none are left, if the scorer has no rows
   *     or several for a document, or if cells lack tokens and the policy is to fail
   */
  public UpsampleResult execute() {
    long began = System.nanoTime();
    LengthBorders cellBorders = mix.cells(borders, longFrom);
    Dataset<Row> ranked = ranked(cellBorders).persist(StorageLevel.MEMORY_AND_DISK());
    try (JobDescription ignored = new JobDescription(spark, "upsample: choose documents")) {
      Counts in = supplied();
      checkRanked(in, ranked.count());
      Dataset<Row> inside = ranked.where(not(col("outside")));
      RankThresholds thresholds = new RankThresholds(spark, inside, cellBorders);
      SortedMap<Cell, Bin> cells = thresholds.cells();
      checkLeft(in, cells.values());

      MixPlan plan =
          Allocation.plan(mix, supplies(cellBorders, cells), wantedTokens, maxEpochs, infeasible);
      if (infeasible == Infeasible.FAIL && !plan.shortages().isEmpty()) {
        throw new StageFailedException(plan.shortages().text());
      }

      Dataset<Row> selection = selection(inside, choices(thresholds, cells, plan), cellBorders);
      if (leavesOut()) {
        selection = selection.unionByName(leftOut(ranked, cellBorders));
      }

      SelectionCounts chosen = counts(selection);
      return new UpsampleResult(
          selection,
          drops(selection),
          chosen.balance(in),
          chosen,
          plan,
          Duration.ofNanos(System.nanoTime() - began));
    } finally {
      ranked.unpersist();
    }
  }

  /** Whether documents may be left out before any rate is planned. */
  private boolean leavesOut() {
    return cut != null || !lengths.equals(EVERY_LENGTH) || !used.equals(UsedDocuments.NONE);
  }

  /**
   * The documents that were neither chosen elsewhere nor have another length: a cut is of these.
   */
  public Dataset<Row> candidates() {
    return used.mark(tokens)
        .where(not(UsedDocuments.isUsed()).and(hasLength(lengths)))
        .drop(UsedDocuments.PHASE);
  }

  /** The cells of a {@code selection} that this action made, as written and read again. */
  public SelectionCounts counts(Dataset<Row> selection) {
    return SelectionCounts.of(reasoned(selection));
  }

  /**
   * The {@code drops} rows of a {@code selection} that this action made: its documents without a
   * copy, and what the last copies lack.
   */
  public Dataset<Row> drops(Dataset<Row> selection) {
    Dataset<Row> reasoned = reasoned(selection);
    Column reason = col(REASON);
    Column lost = when(reason.equalTo(BORDER), SelectedCopies.rest()).otherwise(col("n_tokens"));
    Dataset<Row> drops =
        reasoned
            .where(reason.isNotNull().and(reason.notEqual(QuantileCutResult.OUTSIDE)))
            .select(
                col("doc_id"),
                lit("upsample").as("stage"),
                reason.as("reason"),
                lost.cast(DataTypes.LongType).as("tokens"),
                when(reason.equalTo(BORDER), cutDetail())
                    .when(reason.equalTo(LENGTH), lengthDetail(lengths))
                    .when(reason.equalTo(USED), UsedDocuments.detail())
                    .otherwise(notSelectedDetail())
                    .as("detail"));
    return cut == null
        ? drops
        : drops.unionByName(cut.drops(reasoned.where(reason.equalTo(QuantileCutResult.OUTSIDE))));
  }

  /**
   * A selection with the reason of each document's loss, null where there is none. A document that
   * was left out has no rate; used counts before length, and length before the cut.
   */
  private Dataset<Row> reasoned(Dataset<Row> selection) {
    Column left = col("rate").isNull();
    return used.mark(selection)
        .withColumn(
            REASON,
            when(left.and(UsedDocuments.isUsed()), USED)
                .when(left.and(not(hasLength(lengths))), LENGTH)
                .when(left, QuantileCutResult.OUTSIDE)
                .when(col("copies").equalTo(0), NOT_SELECTED)
                .when(col("last_copy_tokens").isNotNull(), BORDER));
  }

  private static Column notSelectedDetail() {
    return format_string(
        "Documents of domain %s of %s tokens are taken at a rate of %.4f.",
        col("domain"), col("bucket"), col("rate"));
  }

  private static Column cutDetail() {
    return format_string(
        "Its last copy ends after %d of %d tokens, where domain %s has its tokens of the lengths %s.",
        col("last_copy_tokens"), col("n_tokens"), col("domain"), col("bucket"));
  }

  private static Column lengthDetail(LengthBucket lengths) {
    return format_string(
        "It has %d tokens, and upsample.length keeps %s.", col("n_tokens"), lit(lengths.label()));
  }

  /** Whether a document has one of the lengths. */
  private static Column hasLength(LengthBucket lengths) {
    return col("n_tokens").between(lengths.from(), lengths.to());
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

  /** One row a document: doc_id, domain, from, n_tokens, score, outside, key. */
  private Dataset<Row> ranked(LengthBorders cellBorders) {
    long chance = seed;
    RankOrder by = order;
    UserDefinedFunction key =
        udf(
            (UDF2<String, Double, Long>)
                (id, score) -> by.key(score, Seeded.hash(chance, "upsample", id)),
            DataTypes.LongType);
    UserDefinedFunction from =
        udf(
            (UDF1<Integer, Integer>) length -> cellBorders.bucket(length).from(),
            DataTypes.IntegerType);
    return marked(scored())
        .withColumn("from", from.apply(col("n_tokens")))
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
    Column outside = UsedDocuments.isUsed().or(not(hasLength(lengths)));
    Dataset<Row> marked = used.mark(documents);
    if (cut != null) {
      marked =
          marked.join(
              cut.outside().select(col("doc_id"), lit(true).as("found")),
              new String[] {"doc_id"},
              "left");
      outside = outside.or(coalesce(col("found"), lit(false)));
    }

    return marked.withColumn("outside", outside).drop("found", UsedDocuments.PHASE);
  }

  private void checkLeft(Counts in, Collection<Bin> cells) {
    if (cells.stream().mapToLong(Bin::tokens).sum() == 0) {
      throw new StageFailedException(nothingLeft(in));
    }
  }

  private String nothingLeft(Counts in) {
    if (candidates().isEmpty() && !used.equals(UsedDocuments.NONE)) {
      return "Earlier phases chose all of the %,d documents that could be chosen here: lower their upsample.tokens, or set reuse = true for this phase."
          .formatted(in.documents());
    }

    return cut == null
        ? "None of the %,d documents has the lengths %s that upsample.length keeps: set upsample.length.from and to farther apart."
            .formatted(in.documents(), lengths.label())
        : "The cut from %s to %s leaves none of the %d documents. Set upsample.cut.from and upsample.cut.to farther apart, and thresholds lower."
            .formatted(cut.cut().from(), cut.cut().to(), in.documents());
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

  private static Supplies supplies(LengthBorders borders, Map<Cell, Bin> cells) {
    SortedMap<Cell, Supply> supplies = new TreeMap<>();
    cells.forEach((cell, bin) -> supplies.put(cell, new Supply(bin.documents(), bin.tokens())));
    return new Supplies(borders, supplies);
  }

  /** A row a cell: its rate, the copies that all its documents get, and where the others end. */
  private Dataset<Row> choices(
      RankThresholds thresholds, SortedMap<Cell, Bin> cells, MixPlan plan) {
    Map<Cell, Long> wanted = new TreeMap<>();
    cells.forEach(
        (cell, bin) -> wanted.put(cell, bin.tokens() == 0 ? 0 : plan.tokens(cell) % bin.tokens()));
    SortedMap<Cell, BorderDocument> settled = thresholds.settle(cells, wanted, border);
    List<Row> choices = new ArrayList<>();
    cells.forEach(
        (cell, bin) -> {
          BorderDocument last = settled.get(cell);
          choices.add(
              RowFactory.create(
                  cell.domain(),
                  cell.bucket().from(),
                  plan.rate(cell),
                  bin.tokens() == 0 ? 0 : (int) (plan.tokens(cell) / bin.tokens()),
                  last.key(),
                  last.tokens(),
                  last.id(),
                  last.kept()));
        });
    return broadcast(spark.createDataFrame(choices, CHOICES));
  }

  private static Dataset<Row> selection(
      Dataset<Row> inside, Dataset<Row> choices, LengthBorders cellBorders) {
    return inside
        .join(choices, new String[] {"domain", "from"}, "inner")
        .withColumn("is_border", expr("key = border_key and doc_id = border_id"))
        .withColumn(
            "is_first",
            expr(
                "key < border_key or (key = border_key and (n_tokens < border_tokens"
                    + " or (n_tokens = border_tokens and doc_id < border_id)))"))
        .withColumn("more", expr("is_first or (is_border and border_kept > 0)"))
        .select(
            col("doc_id"),
            col("domain"),
            bucket(cellBorders),
            col("n_tokens"),
            col("score"),
            col("rate"),
            expr("if(n_tokens = 0, 0, whole + if(more, 1, 0))").as("copies"),
            expr("if(is_border and border_kept > 0 and border_kept < n_tokens, border_kept, null)")
                .as("last_copy_tokens"));
  }

  /** The rows of documents for which no rate is set. */
  private static Dataset<Row> leftOut(Dataset<Row> ranked, LengthBorders cellBorders) {
    return ranked
        .where(col("outside"))
        .select(
            col("doc_id"),
            col("domain"),
            bucket(cellBorders),
            col("n_tokens"),
            col("score"),
            lit(null).cast(DataTypes.DoubleType).as("rate"),
            lit(0).as("copies"),
            lit(null).cast(DataTypes.IntegerType).as("last_copy_tokens"));
  }

  private static Column bucket(LengthBorders borders) {
    return StratifiedRanks.cell(borders).as("bucket");
  }
}
