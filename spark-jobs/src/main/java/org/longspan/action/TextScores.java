package org.longspan.action;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.format_string;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.longspan.score.Score;
import org.longspan.score.Status;
import org.longspan.scoring.Scoring;
import org.longspan.scoring.ScoringSettings;
import org.longspan.scoring.TextScorer;
import org.longspan.stage.Tables;

/**
 * Scores documents by the scorers that read text alone, in the partitions where the text lies: no
 * model, no tokens, no shuffle of text. The scores are held in the executors' storage. Where
 * lengths are known, one join of ids marks the documents below the least length.
 */
final class TextScores {
  private final SparkSession spark;
  private final ScoringSettings settings;

  TextScores(SparkSession spark, ScoringSettings settings) {
    this.spark = spark;
    this.settings = settings;
  }

  /**
   * One row a document and scorer.
   *
   * @param documents doc_id, domain and text
   */
  Dataset<Row> of(Dataset<Row> documents) {
    List<String> wanted = settings.scorers();
    JavaRDD<String> lines =
        documents
            .select("doc_id", "domain", "text")
            .javaRDD()
            .flatMap(document -> lines(wanted, document))
            .persist(StorageLevel.MEMORY_AND_DISK_SER());
    return spark
        .read()
        .schema(Tables.SCORES_SCHEMA)
        .option("mode", "FAILFAST")
        .json(spark.createDataset(lines.rdd(), Encoders.STRING()));
  }

  /**
   * The same for the documents that have tokens; those below the least length are too short.
   *
   * @param tokens doc_id and n_tokens
   */
  Dataset<Row> of(Dataset<Row> documents, Dataset<Row> tokens) {
    Column longEnough = col("n_tokens").geq(settings.minTokens());
    return of(documents)
        .join(tokens.select("doc_id", "n_tokens"), new String[] {"doc_id"}, "inner")
        .select(
            col("doc_id"),
            col("domain"),
            col("scorer"),
            when(longEnough, col("status")).otherwise(Status.TOO_SHORT.label()).as("status"),
            when(longEnough, col("score")).as("score"),
            when(longEnough, col("details"))
                .otherwise(expr("cast(map() as map<string, double>)"))
                .as("details"),
            when(longEnough, col("profile"))
                .otherwise(expr("cast(array() as array<double>)"))
                .as("profile"),
            when(longEnough, col("error"))
                .otherwise(
                    format_string(
                        "The document has %d tokens, fewer than the %d that are asked for.",
                        col("n_tokens"), lit(settings.minTokens())))
                .as("error"));
  }

  private static Iterator<String> lines(List<String> scorers, Row document) {
    List<String> lines = new ArrayList<>();

    for (TextScorer<?> scorer : Scoring.texts(scorers)) {
      Score score =
          document.isNullAt(2)
              ? Score.failed("The document has no text.")
              : scorer.score(document.getString(2));
      lines.add(
          ScoreShard.line(document.getString(0), document.getString(1), scorer.name(), score));
    }

    return lines.iterator();
  }
}
