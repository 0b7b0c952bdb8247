package org.longspan.action;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.format_string;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.longspan.length.LengthBorders;
import org.longspan.rank.CutEdges;
import org.longspan.rank.QuantileCut;
import org.longspan.rank.Strata;
import org.longspan.rank.Stratum;
import org.longspan.stage.StageFailedException;

/**
 * Finds the documents that lie outside a {@link QuantileCut} of a score among like documents, see
 * {@link Strata}, or below a score that is set for their domain. A document without a score is not
 * outside.
 *
 * <p>Cost: one join of ids and one sort of (stratum, score, doc_id), see {@link StratifiedRanks};
 * the driver sees the edges of each stratum.
 */
public final class QuantileCutAction {
  private static final StructType EDGES =
      new StructType()
          .add("domain", DataTypes.StringType)
          .add("cell", DataTypes.StringType)
          .add("low", DataTypes.DoubleType)
          .add("high", DataTypes.DoubleType)
          .add("documents", DataTypes.LongType);

  private static final StructType THRESHOLDS =
      new StructType().add("domain", DataTypes.StringType).add("threshold", DataTypes.DoubleType);

  private final SparkSession spark;
  private final Dataset<Row> scores;
  private final Dataset<Row> tokens;
  private final String scorer;
  private final QuantileCut cut;
  private SortedMap<String, Double> thresholds = Collections.emptySortedMap();
  private LengthBorders borders = LengthBorders.DOUBLING;
  private long minGroup = CombineAction.MIN_GROUP;

  private QuantileCutAction(
      SparkSession spark,
      Dataset<Row> scores,
      Dataset<Row> tokens,
      String scorer,
      QuantileCut cut) {
    this.spark = spark;
    this.scores = scores;
    this.tokens = tokens;
    this.scorer = scorer;
    this.cut = cut;
  }

  /**
   * @param scores at least doc_id, scorer and score, one row a document and scorer
   * @param tokens at least doc_id, domain and n_tokens, one row a document
   * @param scorer whose scores are cut
   * @param cut what is kept
   */
  public static QuantileCutAction on(
      SparkSession spark,
      Dataset<Row> scores,
      Dataset<Row> tokens,
      String scorer,
      QuantileCut cut) {
    return new QuantileCutAction(spark, scores, tokens, scorer, cut);
  }

  /**
   * The lowest score that is kept in a domain, in place of the quantiles; none unless set. Its
   * documents are not among those that others are compared with.
   *
   * @param byDomain each with at least one document
   */
  public QuantileCutAction thresholds(Map<String, Double> byDomain) {
    this.thresholds = new TreeMap<>(byDomain);
    return this;
  }

  /** Where length buckets begin, in tokens; {@link LengthBorders#DOUBLING} unless set. */
  public QuantileCutAction borders(LengthBorders where) {
    this.borders = where;
    return this;
  }

  /**
   * Documents from which a stratum is cut by itself; {@value CombineAction#MIN_GROUP} unless set.
   */
  public QuantileCutAction minGroup(long documents) {
    this.minGroup = documents;
    return this;
  }

  /**
   * Finds the edges.
   *
   * @throws StageFailedException if the scorer has no rows, or several for a document, or if there
   *     is a threshold for a domain without documents
   */
  public QuantileCutResult execute() {
    long began = System.nanoTime();
    Dataset<Row> documents = documents().persist(StorageLevel.MEMORY_AND_DISK());

    try (JobDescription ignored = new JobDescription(spark, "cut: find the edges of " + scorer)) {
      long unscored = checkScored(documents);
      checkDomains(documents);
      Dataset<Row> compared =
          documents.where(
              col("score").isNotNull().and(not(col("domain").isin(thresholds.keySet().toArray()))));
      StratifiedRanks ranked = StratifiedRanks.of(spark, compared, List.of("score"), minGroup);
      SortedMap<Stratum, CutEdges> edges = edges(ranked);
      return new QuantileCutResult(
          scorer,
          cut,
          thresholds,
          ranked.strata(),
          edges,
          unscored,
          outside(documents, ranked.strata(), edges).union(below(documents)),
          Duration.ofNanos(System.nanoTime() - began));
    } finally {
      documents.unpersist();
    }
  }

  /** doc_id, domain, cell, n_tokens, score or null, and whether there is a row of the scorer. */
  private Dataset<Row> documents() {
    Dataset<Row> own =
        scores
            .where(col("scorer").equalTo(scorer))
            .select(col("doc_id"), col("score"), lit(true).as("run"));
    return tokens
        .select("doc_id", "domain", "n_tokens")
        .join(own, new String[] {"doc_id"}, "left")
        .withColumn("cell", StratifiedRanks.cell(borders));
  }

  /** The number of documents without a score. */
  private long checkScored(Dataset<Row> documents) {
    Row counted = documents.agg(count(lit(1)), count(col("run")), count(col("score"))).first();
    long rows = counted.getLong(0);

    if (rows != tokens.count()) {
      throw new StageFailedException(
          "Some document has several rows of scorer %s. Keep one row a document and scorer."
              .formatted(scorer));
    }

    if (rows > 0 && counted.getLong(1) == 0) {
      throw new StageFailedException(
          "The scores have no row of scorer %s, so it can't be cut. Name a scorer that was run."
              .formatted(scorer));
    }

    return rows - counted.getLong(2);
  }

  private void checkDomains(Dataset<Row> documents) {
    if (thresholds.isEmpty()) {
      return;
    }

    SortedSet<String> missing = new TreeSet<>(thresholds.keySet());
    documents
        .select("domain")
        .where(col("domain").isin(thresholds.keySet().toArray()))
        .distinct()
        .collectAsList()
        .forEach(row -> missing.remove(row.getString(0)));

    if (!missing.isEmpty()) {
      throw new StageFailedException(
          "The cut by %s has thresholds for domains that no document has: %s. Take them out of upsample.cut.thresholds, or write them as the documents do."
              .formatted(scorer, String.join(", ", missing)));
    }
  }

  private SortedMap<Stratum, CutEdges> edges(StratifiedRanks ranked) {
    Column kept = col("rank").between(cut.from(), cut.to());
    SortedMap<Stratum, CutEdges> edges = new TreeMap<>();
    ranked
        .ranks()
        .groupBy("stratum")
        .agg(
            count(lit(1)),
            count(when(kept, lit(1))),
            min(when(kept, col("score"))),
            max(when(kept, col("score"))))
        .collectAsList()
        .forEach(
            row ->
                edges.put(
                    ranked.numbers().get(row.getInt(0)),
                    new CutEdges(
                        row.getLong(1),
                        row.getLong(2),
                        row.isNullAt(3) ? Double.POSITIVE_INFINITY : row.getDouble(3),
                        row.isNullAt(4) ? Double.NEGATIVE_INFINITY : row.getDouble(4))));
    return edges;
  }

  private Dataset<Row> outside(
      Dataset<Row> documents, Strata strata, SortedMap<Stratum, CutEdges> edges) {
    List<Row> cells = new ArrayList<>();

    for (Stratum cell : strata.cells().keySet()) {
      CutEdges own = edges.get(strata.of(cell));
      cells.add(
          RowFactory.create(cell.domain(), cell.bucket(), own.low(), own.high(), own.documents()));
    }

    return documents
        .join(
            broadcast(spark.createDataFrame(cells, EDGES)),
            new String[] {"domain", "cell"},
            "inner")
        .where(expr("score < low or score > high"))
        .select(
            col("doc_id"),
            format_string(
                    "Its score of %.6g by %s is not from %.6g to %.6g, where quantiles %s and %s of the %d documents that it is compared with lie.",
                    col("score"),
                    lit(scorer),
                    col("low"),
                    col("high"),
                    lit(Double.toString(cut.from())),
                    lit(Double.toString(cut.to())),
                    col("documents"))
                .as("detail"));
  }

  /** doc_id and detail of the documents below their domain's threshold. */
  private Dataset<Row> below(Dataset<Row> documents) {
    List<Row> rows = new ArrayList<>();
    thresholds.forEach((domain, threshold) -> rows.add(RowFactory.create(domain, threshold)));
    return documents
        .join(broadcast(spark.createDataFrame(rows, THRESHOLDS)), new String[] {"domain"}, "inner")
        .where(expr("score < threshold"))
        .select(
            col("doc_id"),
            format_string(
                    "Its score of %.6g by %s is below %s, the threshold of the domain %s.",
                    col("score"),
                    lit(scorer),
                    col("threshold").cast(DataTypes.StringType),
                    col("domain"))
                .as("detail"));
  }
}
