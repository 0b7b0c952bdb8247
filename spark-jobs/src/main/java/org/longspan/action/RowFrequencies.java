package org.longspan.action;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.api.java.function.MapGroupsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.longspan.relatedness.MixedRows;
import org.longspan.relatedness.ZipfCoefficient;

/**
 * Zipf coefficients of sampled rows, and of the {@link MixedRows} to compare them with. What
 * packers added is left out. The tokens of the sample are shuffled once, in pieces.
 */
final class RowFrequencies {
  private static final StructType PIECES =
      new StructType()
          .add("measure", DataTypes.StringType)
          .add("domain", DataTypes.StringType)
          .add("place", DataTypes.IntegerType)
          .add("tokens", DataTypes.createArrayType(DataTypes.IntegerType, false));

  private RowFrequencies() {}

  /** The means by domain. */
  static List<RelatednessFigure> of(SampledRows sample) {
    Map<String, MixedRows> mixed = new TreeMap<>();
    lengths(sample).forEach((domain, lengths) -> mixed.put(domain, new MixedRows(lengths)));
    Dataset<Row> coefficients =
        sample
            .with(col("spans"), col("input_ids"))
            .flatMap(
                (FlatMapFunction<Row, Row>)
                    row -> pieces(row, mixed.get(row.<String>getAs("domain"))),
                Encoders.row(PIECES))
            .groupByKey(
                (MapFunction<Row, String>)
                    piece -> piece.getString(0) + ' ' + piece.getInt(2) + ' ' + piece.getString(1),
                Encoders.STRING())
            .mapGroups(
                (MapGroupsFunction<String, Row, Row>) (key, pieces) -> coefficient(pieces),
                Encoders.row(RelatednessFigure.VALUES));
    return RelatednessFigure.means(coefficients);
  }

  /** Tokens of documents in each row of the sample, by domain and place. */
  private static Map<String, List<Integer>> lengths(SampledRows sample) {
    Map<String, List<Integer>> lengths = new TreeMap<>();
    sample
        .with(SpanColumns.bodyTokens().as("tokens"))
        .orderBy("domain", "place")
        .collectAsList()
        .forEach(
            row ->
                lengths
                    .computeIfAbsent(row.getAs("domain"), domain -> new ArrayList<>())
                    .add(row.getAs("tokens")));
    return lengths;
  }

  private static Iterator<Row> pieces(Row row, MixedRows mixed) {
    Integer[] tokens = documentTokens(row);
    String domain = row.getAs("domain");
    int place = row.<Integer>getAs("place");
    List<Row> pieces = new ArrayList<>();
    pieces.add(RowFactory.create(RelatednessMeasure.ZIPF.label(), domain, place, tokens));
    for (MixedRows.Piece piece : mixed.from(place)) {
      pieces.add(
          RowFactory.create(
              RelatednessMeasure.ZIPF_MIXED.label(),
              domain,
              piece.row(),
              Arrays.copyOfRange(tokens, piece.start(), piece.end())));
    }

    return pieces.iterator();
  }

  private static Integer[] documentTokens(Row row) {
    List<Integer> ids = row.getList(row.fieldIndex("input_ids"));
    List<Integer> tokens = new ArrayList<>(ids.size());
    int position = 0;
    for (Row span : row.<Row>getList(row.fieldIndex("spans"))) {
      int end = position + span.<Integer>getAs("end") - span.<Integer>getAs("start");
      if (span.getAs("doc_id") != null) {
        tokens.addAll(ids.subList(position, end));
      }

      position = end;
    }

    return tokens.toArray(new Integer[0]);
  }

  private static Row coefficient(Iterator<Row> pieces) {
    IntStream.Builder tokens = IntStream.builder();
    Row last = null;
    while (pieces.hasNext()) {
      last = pieces.next();
      last.<Integer>getList(3).forEach(tokens::add);
    }

    OptionalDouble found = ZipfCoefficient.of(tokens.build().toArray());
    return RowFactory.create(
        last.getString(0), last.getString(1), found.isPresent() ? found.getAsDouble() : null);
  }
}
