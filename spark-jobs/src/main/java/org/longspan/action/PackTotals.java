package org.longspan.action;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.posexplode;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.longspan.pack.Packer;

/**
 * What the rows of one packer come to.
 *
 * @param copies document copies that begin in one of its rows
 * @param body tokens of documents
 * @param relatedness sum over its sequences
 * @param starved sequences whose documents share a row by chance alone
 */
record PackTotals(
    String packer,
    long sequences,
    long copies,
    long body,
    long separators,
    long pads,
    double relatedness,
    long starved) {
  private static final double RELATED_BY_CHANCE = 1e-9;

  /** Totals of a layout by packer, ordered by name. */
  static List<PackTotals> of(Dataset<Row> layout) {
    Column first = col("position").equalTo(0);
    Column length = col("end").minus(col("start"));
    Column body = col("doc_id").isNotNull();

    // A decimal sum is the same in any order; a sum of doubles is not.
    Column exact = col("relatedness").cast(DataTypes.createDecimalType(28, 12));

    return layout
        .select(
            col("packer"),
            col("relatedness"),
            posexplode(col("spans")).as(new String[] {"position", "span"}))
        .select("packer", "relatedness", "position", "span.*")
        .groupBy("packer")
        .agg(
            total(first, lit(1L)),
            total(body.and(col("start").equalTo(0)), lit(1L)),
            total(body, length),
            total(col("role").equalTo(SequenceShape.SEPARATOR), length),
            total(col("role").equalTo(SequenceShape.PAD), length),
            coalesce(sum(when(first, exact)), lit(0)).cast(DataTypes.DoubleType),
            total(first.and(col("relatedness").lt(RELATED_BY_CHANCE)), lit(1L)))
        .orderBy("packer")
        .collectAsList()
        .stream()
        .map(
            row ->
                new PackTotals(
                    row.getString(0),
                    row.getLong(1),
                    row.getLong(2),
                    row.getLong(3),
                    row.getLong(4),
                    row.getLong(5),
                    row.getDouble(6),
                    row.getLong(7)))
        .toList();
  }

  /** The sum over several packers. */
  static PackTotals over(List<PackTotals> parts) {
    return parts.stream().reduce(new PackTotals("all", 0, 0, 0, 0, 0, 0, 0), PackTotals::plus);
  }

  /**
   * The figures of the manifest and the report.
   *
   * @param first the packer of the first round, whose unrelated rows count as starved
   */
  static SortedMap<String, Double> figures(List<PackTotals> byPacker, Packer first) {
    SortedMap<String, Double> figures = new TreeMap<>();
    over(byPacker).addTo(figures, "");
    figures.put("starved", 0.0);
    for (PackTotals totals : byPacker) {
      totals.addTo(figures, "." + totals.packer());
      if (first.relates() && totals.packer().equals(first.name())) {
        figures.put("starved", (double) totals.starved());
      }
    }

    return figures;
  }

  /** Tokens of all its sequences. */
  long tokens() {
    return body + separators + pads;
  }

  private void addTo(SortedMap<String, Double> figures, String suffix) {
    figures.put("sequences" + suffix, (double) sequences);
    figures.put("fill" + suffix, (double) (body + separators) / tokens());
    figures.put("relatedness" + suffix, relatedness / sequences);
  }

  private PackTotals plus(PackTotals other) {
    return new PackTotals(
        packer,
        sequences + other.sequences,
        copies + other.copies,
        body + other.body,
        separators + other.separators,
        pads + other.pads,
        relatedness + other.relatedness,
        starved + other.starved);
  }

  private static Column total(Column condition, Column value) {
    return coalesce(sum(when(condition, value)), lit(0L));
  }
}
