package org.longspan.action;

import static org.apache.spark.sql.functions.col;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.longspan.relate.MinHash;
import org.longspan.relate.TrigramJaccard;
import org.longspan.relatedness.TextVectors;

/**
 * How alike the two documents of a pair are. Each document is read once; vectors and signatures are
 * joined with the pairs, never texts.
 */
final class PairSimilarities implements Serializable {
  /** The estimated Jaccard similarity from which two texts are near-duplicates. */
  private static final double NEAR_DUPLICATE = 0.8;

  private static final StructType FEATURES =
      new StructType()
          .add("doc_id", DataTypes.StringType)
          .add("vector", DataTypes.createArrayType(DataTypes.FloatType, false))
          .add("signature", DataTypes.BinaryType)
          .add("beginning", DataTypes.StringType);

  private final TextVectors vectors;

  PairSimilarities(TextVectors vectors) {
    this.vectors = vectors;
  }

  /**
   * The means over the pairs.
   *
   * @param pairs kind, domain, one, other
   * @param texts doc_id, text of every document in them
   */
  List<RelatednessFigure> of(Dataset<Row> pairs, Dataset<Row> texts) {
    Dataset<Row> features =
        texts.map((MapFunction<Row, Row>) this::features, Encoders.row(FEATURES)).persist();
    try {
      Dataset<Row> compared =
          pairs
              .join(side(features, "one"), new String[] {"one"}, "left")
              .join(side(features, "other"), new String[] {"other"}, "left");
      return RelatednessFigure.means(
          compared.flatMap(
              (FlatMapFunction<Row, Row>) PairSimilarities::compare,
              Encoders.row(RelatednessFigure.VALUES)));
    } finally {
      features.unpersist();
    }
  }

  private Row features(Row text) {
    String words = text.getString(1);
    int characters =
        Math.min(words.codePointCount(0, words.length()), TrigramJaccard.PUBLISHED.characters());
    return RowFactory.create(
        text.getString(0),
        boxed(vectors.of(words)),
        MinHash.NEAR_DUPLICATES.signature(words),
        words.substring(0, words.offsetByCodePoints(0, characters)));
  }

  private static Float[] boxed(float[] vector) {
    Float[] boxed = new Float[vector.length];
    Arrays.setAll(boxed, i -> vector[i]);
    return boxed;
  }

  private static Dataset<Row> side(Dataset<Row> features, String side) {
    return features.select(
        col("doc_id").as(side),
        col("vector").as(side + "_vector"),
        col("signature").as(side + "_signature"),
        col("beginning").as(side + "_beginning"));
  }

  private static Iterator<Row> compare(Row pair) {
    Stream.of("one", "other")
        .filter(side -> pair.isNullAt(pair.fieldIndex(side + "_vector")))
        .findFirst()
        .ifPresent(
            side -> {
              throw new IllegalStateException(
                  "Document %s stands in a sequence, but is not among the documents."
                      .formatted(pair.<String>getAs(side)));
            });

    String kind = pair.getAs("kind");
    List<Row> values =
        switch (kind) {
          case SampledPairs.WITHIN ->
              List.of(value(pair, RelatednessMeasure.WITHIN_ROW, cosine(pair)));
          case SampledPairs.ACROSS ->
              List.of(value(pair, RelatednessMeasure.ACROSS_ROWS, cosine(pair)));
          default ->
              List.of(
                  value(pair, RelatednessMeasure.NEAR_DUPLICATES, share(nearDuplicates(pair))),
                  value(pair, RelatednessMeasure.ALIKE_BEGINNINGS, share(beginAlike(pair))));
        };
    return values.iterator();
  }

  /** The cosine; null where a text has no vector. */
  private static Double cosine(Row pair) {
    List<Float> one = pair.getList(pair.fieldIndex("one_vector"));
    List<Float> other = pair.getList(pair.fieldIndex("other_vector"));
    double dot = 0;
    boolean oneIsThere = false;
    boolean otherIsThere = false;
    for (int i = 0; i < one.size(); i++) {
      dot += (double) one.get(i) * other.get(i);
      oneIsThere |= one.get(i) != 0;
      otherIsThere |= other.get(i) != 0;
    }

    return oneIsThere && otherIsThere ? dot : null;
  }

  private static boolean nearDuplicates(Row pair) {
    return MinHash.NEAR_DUPLICATES.similarity(
            pair.getAs("one_signature"), pair.getAs("other_signature"))
        >= NEAR_DUPLICATE;
  }

  private static boolean beginAlike(Row pair) {
    return TrigramJaccard.PUBLISHED.areNearDuplicates(
        pair.getAs("one_beginning"), pair.getAs("other_beginning"));
  }

  private static double share(boolean alike) {
    return alike ? 1 : 0;
  }

  private static Row value(Row pair, RelatednessMeasure measure, Double value) {
    return RowFactory.create(measure.label(), pair.getAs("domain"), value);
  }
}
