package org.longspan.action;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sum;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.longspan.relatedness.Exposure;

/**
 * What the trained tokens of all sequences see before them, by domain. Boundaries alone are read;
 * each task gives a histogram a domain.
 */
final class ExposureHistograms {
  private static final StructType COUNTS =
      new StructType()
          .add("domain", DataTypes.StringType)
          .add("measure", DataTypes.StringType)
          .add("bucket", DataTypes.IntegerType)
          .add("tokens", DataTypes.LongType);

  private final Map<String, Exposure> masked = new TreeMap<>();
  private final Map<String, Exposure> unmasked = new TreeMap<>();

  private ExposureHistograms() {}

  static ExposureHistograms of(Dataset<Row> sequences) {
    ExposureHistograms histograms = new ExposureHistograms();
    sequences
        .select(SampledRows.domain(), col("seq_lengths"), col("loss_runs"))
        .mapPartitions(
            (MapPartitionsFunction<Row, Row>) ExposureHistograms::count, Encoders.row(COUNTS))
        .groupBy("domain", "measure", "bucket")
        .agg(sum("tokens"))
        .collectAsList()
        .forEach(
            row -> {
              long[] tokens = new long[Exposure.BUCKETS];
              tokens[row.getInt(2)] = row.getLong(3);
              histograms.add(row.getString(0), row.getString(1), Exposure.of(tokens));
            });
    return histograms;
  }

  /** Of all domains together, under a mask. */
  Exposure total() {
    return masked.values().stream().reduce(Exposure.NONE, Exposure::plus);
  }

  List<RelatednessFigure> figures() {
    List<RelatednessFigure> figures = new ArrayList<>();
    masked.forEach((domain, e) -> add(figures, RelatednessMeasure.EXPOSURE, domain, e));
    unmasked.forEach((domain, e) -> add(figures, RelatednessMeasure.EXPOSURE_UNMASKED, domain, e));
    return figures;
  }

  private static Iterator<Row> count(Iterator<Row> sequences) {
    ExposureHistograms histograms = new ExposureHistograms();
    while (sequences.hasNext()) {
      Row row = sequences.next();
      List<Integer> parts = row.getList(1);
      List<Integer> lossRuns = row.isNullAt(2) ? null : row.getList(2);
      int length = parts.stream().mapToInt(Integer::intValue).sum();
      String domain = row.getString(0);
      histograms.masked.merge(domain, Exposure.ofRow(parts, lossRuns), Exposure::plus);
      histograms.unmasked.merge(domain, Exposure.ofRow(List.of(length), lossRuns), Exposure::plus);
    }

    return histograms.figures().stream()
        .map(
            figure ->
                RowFactory.create(
                    figure.domain(),
                    figure.measure(),
                    Exposure.bucket(figure.atLeast().intValue()),
                    figure.count()))
        .iterator();
  }

  private void add(String domain, String measure, Exposure exposure) {
    boolean seesParts = measure.equals(RelatednessMeasure.EXPOSURE.label());
    (seesParts ? masked : unmasked).merge(domain, exposure, Exposure::plus);
  }

  private static void add(
      List<RelatednessFigure> figures,
      RelatednessMeasure measure,
      String domain,
      Exposure exposure) {
    for (int b = 0; b < Exposure.BUCKETS; b++) {
      if (exposure.tokens(b) > 0) {
        figures.add(
            new RelatednessFigure(
                measure.label(),
                domain,
                (long) Exposure.atLeast(b),
                (double) exposure.tokens(b) / exposure.total(),
                exposure.tokens(b)));
      }
    }
  }
}
