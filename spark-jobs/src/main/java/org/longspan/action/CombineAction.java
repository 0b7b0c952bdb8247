package org.longspan.action;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.longspan.length.LengthBorders;
import org.longspan.rank.RankMean;
import org.longspan.rank.Strata;
import org.longspan.rank.Stratum;
import org.longspan.score.Status;
import org.longspan.stage.StageFailedException;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * Joins the scores of several scorers into one more, {@value #SCORER}: the {@link RankMean} of a
 * document's ranks among like documents, see {@link Strata}. A document that one of the scorers did
 * not score has no combined score, and its error names the scorer.
 *
 * <p>Details: {@code rank.<scorer>} for each scorer, before its weight turns it around; {@code
 * documents}, those of the stratum; {@code level}, 0 where the document was ranked in its domain
 * and length bucket, 1 in its domain, 2 among all.
 *
 * <p>Cost: two joins of ids and one sort of (stratum, score, doc_id) for each scorer; see {@link
 * StratifiedRanks}.
 */
public final class CombineAction {
  /** The name of the combined score in the {@code scorer} column. */
  public static final String SCORER = "combined";

  /** Documents from which a stratum stands for itself, unless set. */
  public static final long MIN_GROUP = 100;

  private static final StructType CELLS =
      new StructType()
          .add("domain", DataTypes.StringType)
          .add("cell", DataTypes.StringType)
          .add("stratum", DataTypes.IntegerType)
          .add("level", DataTypes.IntegerType)
          .add("documents", DataTypes.LongType);

  private final SparkSession spark;
  private final Dataset<Row> scores;
  private final Dataset<Row> tokens;
  private final RankMean weights;
  private LengthBorders borders = LengthBorders.DOUBLING;
  private long minGroup = MIN_GROUP;

  private CombineAction(
      SparkSession spark, Dataset<Row> scores, Dataset<Row> tokens, RankMean weights) {
    this.spark = spark;
    this.scores = scores;
    this.tokens = tokens;
    this.weights = weights;
  }

  /**
   * @param scores at least doc_id, scorer, status and score, one row a document and scorer
   * @param tokens at least doc_id, domain and n_tokens, one row a document
   * @param weights by scorer
   */
  public static CombineAction on(
      SparkSession spark, Dataset<Row> scores, Dataset<Row> tokens, Map<String, Double> weights) {
    return new CombineAction(spark, scores, tokens, new RankMean(new TreeMap<>(weights)));
  }

  /** Where length buckets begin, in tokens; {@link LengthBorders#DOUBLING} unless set. */
  public CombineAction borders(LengthBorders where) {
    this.borders = where;
    return this;
  }

  /** Documents from which a stratum stands for itself; {@value #MIN_GROUP} unless set. */
  public CombineAction minGroup(long documents) {
    this.minGroup = documents;
    return this;
  }

  /**
   * Ranks and joins.
   *
   * @throws StageFailedException if a weighted scorer has no rows, or several for a document
   */
  public CombineResult execute() {
    long began = System.nanoTime();
    Dataset<Row> documents = documents().persist(StorageLevel.MEMORY_AND_DISK());

    try (JobDescription ignored = new JobDescription(spark, "combine: rank documents")) {
      checkScored(documents);
      StratifiedRanks ranked =
          StratifiedRanks.of(
              spark,
              documents.where(col("lacking").isNull()),
              IntStream.range(0, weights.scorers().size()).mapToObj(s -> name("value", s)).toList(),
              minGroup);
      return new CombineResult(
          combined(documents, ranked),
          ranked.strata(),
          Duration.ofNanos(System.nanoTime() - began));
    } finally {
      documents.unpersist();
    }
  }

  /**
   * One row a document: doc_id, domain, cell, for the s-th scorer value_s, status_s and the number
   * of its rows, rows_s; what is lacking, a sentence or null, and the status that follows.
   */
  private Dataset<Row> documents() {
    List<Column> sums = new ArrayList<>();
    List<Column> lacking = new ArrayList<>();
    Column failed = lit(false);

    for (int s = 0; s < weights.scorers().size(); s++) {
      String scorer = weights.scorers().get(s);
      Column own = col("scorer").equalTo(scorer);
      Column scored = col("status").equalTo(Status.SCORED.label());
      sums.add(max(when(own.and(scored), col("score"))).as(name("value", s)));
      sums.add(max(when(own, col("status"))).as(name("status", s)));
      sums.add(count(when(own, lit(1))).as(name("rows", s)));
      Column lacks = col(name("value", s)).isNull();
      Column why = coalesce(col(name("status", s)), lit("not run"));
      lacking.add(when(lacks, concat(lit(scorer + " ("), why, lit(")"))));
      failed = failed.or(lacks.and(why.notEqual(Status.TOO_SHORT.label())));
    }

    Column named = concat_ws(", ", lacking.toArray(Column[]::new));
    return tokens
        .select("doc_id", "domain", "n_tokens")
        .join(
            scores
                .where(col("scorer").isin(weights.scorers().toArray()))
                .groupBy("doc_id")
                .agg(sums.get(0), rest(sums)),
            new String[] {"doc_id"},
            "left")
        .withColumn("cell", StratifiedRanks.cell(borders))
        .withColumn(
            "lacking",
            when(
                named.notEqual(""), concat(lit("The document lacks a score by "), named, lit("."))))
        .withColumn(
            "status",
            when(col("lacking").isNull(), Status.SCORED.label())
                .when(failed, Status.FAILED.label())
                .otherwise(Status.TOO_SHORT.label()));
  }

  private void checkScored(Dataset<Row> documents) {
    List<Column> sums = new ArrayList<>(List.of(count(lit(1))));

    for (int s = 0; s < weights.scorers().size(); s++) {
      sums.add(coalesce(max(col(name("rows", s))), lit(0L)));
    }

    Row counted = documents.agg(sums.get(0), rest(sums)).first();

    for (int s = 0; counted.getLong(0) > 0 && s < weights.scorers().size(); s++) {
      String scorer = weights.scorers().get(s);
      long most = counted.getLong(1 + s);

      if (most == 0) {
        throw new StageFailedException(
            "The scores have no row of scorer %s, so it can't be combined. Name scorers that were run."
                .formatted(scorer));
      }

      if (most > 1) {
        throw new StageFailedException(
            "Some document has several rows of scorer %s. Keep one row a document and scorer."
                .formatted(scorer));
      }
    }
  }

  private Dataset<Row> combined(Dataset<Row> documents, StratifiedRanks ranked) {
    List<Column> details = new ArrayList<>();

    for (int s = 0; s < weights.scorers().size(); s++) {
      details.add(lit("rank." + weights.scorers().get(s)));
      details.add(col("ranks").getItem(s));
    }

    details.add(lit("documents"));
    details.add(col("documents").cast(DataTypes.DoubleType));
    details.add(lit("level"));
    details.add(col("level").cast(DataTypes.DoubleType));
    Column scored = col("lacking").isNull();
    return documents
        .join(
            broadcast(spark.createDataFrame(cells(ranked), CELLS)),
            new String[] {"domain", "cell"},
            "left")
        .join(ranksOfDocuments(ranked), new String[] {"doc_id", "stratum"}, "left")
        .select(
            col("doc_id"),
            col("domain"),
            lit(SCORER).as("scorer"),
            col("status"),
            when(scored, mean()).as("score"),
            when(scored, map(details.toArray(Column[]::new)))
                .otherwise(expr("cast(map() as map<string, double>)"))
                .as("details"),
            expr("cast(array() as array<double>)").as("profile"),
            col("lacking").as("error"));
  }

  /** For each cell the stratum in which its documents are ranked. */
  private static List<Row> cells(StratifiedRanks ranked) {
    Strata strata = ranked.strata();
    List<Row> cells = new ArrayList<>();

    for (Stratum cell : strata.cells().keySet()) {
      Stratum used = strata.of(cell);
      cells.add(
          RowFactory.create(
              cell.domain(),
              cell.bucket(),
              ranked.number(used),
              used.level(),
              strata.documents(used)));
    }

    return cells;
  }

  /** doc_id, stratum, and the ranks of all scores in it. */
  private Dataset<Row> ranksOfDocuments(StratifiedRanks ranked) {
    List<Column> ranks = new ArrayList<>();

    for (int s = 0; s < weights.scorers().size(); s++) {
      ranks.add(max(when(col("number").equalTo(s), col("rank"))));
    }

    return ranked
        .ranks()
        .groupBy("doc_id", "stratum")
        .agg(array(ranks.toArray(Column[]::new)).as("ranks"));
  }

  private Column mean() {
    RankMean mean = weights;
    return udf(
            (UDF1<Seq<Double>, Double>)
                ranks ->
                    mean.of(
                        JavaConverters.seqAsJavaList(ranks).stream()
                            .mapToDouble(Double::doubleValue)
                            .toArray()),
            DataTypes.DoubleType)
        .apply(col("ranks"));
  }

  private static String name(String what, int scorer) {
    return what + "_" + scorer;
  }

  private static Column[] rest(List<Column> columns) {
    return columns.subList(1, columns.size()).toArray(Column[]::new);
  }
}
