package org.longspan.action;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.time.Duration;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.longspan.rank.CutEdges;
import org.longspan.rank.QuantileCut;
import org.longspan.rank.Strata;
import org.longspan.rank.Stratum;

/**
 * What {@link QuantileCutAction} found.
 *
 * @param scorer whose scores are cut
 * @param cut what is kept
 * @param thresholds the lowest score that is kept, of the domains that have one
 * @param strata in which documents are compared
 * @param edges of each stratum that is used
 * @param unscored documents without a score, which are not cut
 * @param outside doc_id and detail, a sentence, of the documents that are not kept
 * @param took finding the edges; the table is computed when it is read
 */
public record QuantileCutResult(
    String scorer,
    QuantileCut cut,
    SortedMap<String, Double> thresholds,
    Strata strata,
    SortedMap<Stratum, CutEdges> edges,
    long unscored,
    Dataset<Row> outside,
    Duration took) {
  /** The reason in {@code drops}. */
  public static final String OUTSIDE = "outside-cut";

  public QuantileCutResult {
    thresholds = Collections.unmodifiableSortedMap(new TreeMap<>(thresholds));
    edges = Collections.unmodifiableSortedMap(new TreeMap<>(edges));
  }

  /** The {@code drops} rows of documents of a {@code selection} that were cut. One join of ids. */
  Dataset<Row> drops(Dataset<Row> cutDocuments) {
    return cutDocuments
        .join(outside, new String[] {"doc_id"}, "left")
        .select(
            col("doc_id"),
            lit("upsample").as("stage"),
            lit(OUTSIDE).as("reason"),
            col("n_tokens").cast(DataTypes.LongType).as("tokens"),
            col("detail"));
  }

  /**
   * For the manifest: {@code cut.unscored}, and for each domain and length bucket {@code
   * cut.<domain>.<bucket>.documents}, {@code level} (0: cut by itself, 1: as part of its domain, 2:
   * of all), {@code compared} and {@code kept} (documents of the stratum that it is cut in), {@code
   * low} and {@code high} (the lowest and the highest score that are kept there, where any is). Of
   * a domain with a threshold {@code cut.<domain>.threshold}.
   */
  public SortedMap<String, Double> figures() {
    SortedMap<String, Double> figures = new TreeMap<>();
    figures.put("cut.unscored", (double) unscored);
    thresholds.forEach(
        (domain, threshold) -> figures.put("cut.%s.threshold".formatted(domain), threshold));
    strata
        .cells()
        .forEach(
            (cell, documents) -> {
              String name = "cut.%s.%s.".formatted(cell.domain(), cell.bucket());
              CutEdges own = edges.get(strata.of(cell));
              figures.put(name + "documents", (double) documents);
              figures.put(name + "level", (double) strata.of(cell).level());
              figures.put(name + "compared", (double) own.documents());
              figures.put(name + "kept", (double) own.kept());

              if (own.kept() > 0) {
                figures.put(name + "low", own.low());
                figures.put(name + "high", own.high());
              }
            });
    return figures;
  }
}
