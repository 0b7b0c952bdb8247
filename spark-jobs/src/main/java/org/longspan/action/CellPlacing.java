package org.longspan.action;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.posexplode;
import static org.apache.spark.sql.functions.udf;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.longspan.relate.CellSlicing;
import org.longspan.relate.Centroids;
import org.longspan.relate.SphericalKMeans;
import org.longspan.relate.UnitVectors;
import org.longspan.relatedness.DocumentFrequencies;
import org.longspan.relatedness.HashedTerms;
import org.longspan.seed.Seeded;
import scala.collection.Seq;

/**
 * Slices of texts that are alike ({@link CellSlicing}): the middles are learned on the driver from
 * a sample of bounded size, and every text is then compared with the middles of its domain where it
 * lies. Texts move once, to their slices, as with slices by a hash; a text at a border moves twice.
 *
 * <p>A text is read up to {@value #CHARACTERS} UTF-16 units, as words ({@link HashedTerms}).
 */
final class CellPlacing implements Placing {
  private static final int CHARACTERS = 1 << 14;
  private static final int SAMPLE_OF_A_CELL = 64;
  private static final int ROUNDS = 10;

  private final CellSlicing slicing;
  private final Cells cells;
  private final Dataset<Row> kept;
  private final Dataset<Row> placed;

  /** Texts to cells, as it travels to the tasks. */
  private record Cells(HashedTerms words, HashMap<String, Centroids> middles)
      implements Serializable {
    int[] of(String domain, String text) {
      Centroids own = middles.get(domain);
      return own == null
          ? new int[0]
          : CellSlicing.cells(
              own, words.of(text.substring(0, Math.min(text.length(), CHARACTERS))));
    }

    /** The cells of the column {@code text}. */
    Column column() {
      UDF2<String, String, int[]> of = this::of;
      return udf(of, DataTypes.createArrayType(DataTypes.IntegerType, false))
          .apply(col("domain"), col("text"));
    }
  }

  private CellPlacing(CellSlicing slicing, Cells cells, Dataset<Row> kept, Dataset<Row> placed) {
    this.slicing = slicing;
    this.cells = cells;
    this.kept = kept;
    this.placed = placed;
  }

  /**
   * Learns the cells and places every chosen document.
   *
   * @param documents doc_id, domain, text
   * @param chosen doc_id and domain of the chosen documents
   * @param counted chosen documents of each domain
   */
  static CellPlacing of(
      Dataset<Row> documents,
      Dataset<Row> chosen,
      Map<String, Long> counted,
      int sliceDocuments,
      long seed) {
    Cells cells = learn(documents, chosen, counted, sliceDocuments, seed);
    Dataset<Row> inCells =
        documents
            .where(col("domain").isInCollection(cells.middles().keySet()))
            .select(col("doc_id").as("text_id"), cells.column().as("cells"));
    Dataset<Row> placed =
        chosen
            .select("doc_id", "domain")
            .join(inCells, col("doc_id").equalTo(col("text_id")), "left")
            .select("doc_id", "domain", "cells")
            .persist();
    CellSlicing slicing =
        CellSlicing.of(
            counted, cells.middles(), counts(placed, cells.middles()), sliceDocuments, seed);
    return new CellPlacing(slicing, cells, placed, detached(placed));
  }

  /**
   * The same rows without their history: Spark can't cogroup the texts with what was computed from
   * the same texts.
   */
  private static Dataset<Row> detached(Dataset<Row> rows) {
    return rows.sparkSession().createDataFrame(rows.toJavaRDD(), rows.schema());
  }

  private static Cells learn(
      Dataset<Row> documents,
      Dataset<Row> chosen,
      Map<String, Long> counted,
      int sliceDocuments,
      long seed) {
    HashMap<String, Double> shares = new HashMap<>();
    counted.forEach(
        (domain, n) -> {
          int wanted = CellSlicing.cells(n, sliceDocuments);
          if (wanted > 0) {
            shares.put(domain, Math.min(1, (double) wanted * SAMPLE_OF_A_CELL / n));
          }
        });
    UDF2<String, String, Boolean> isDrawn =
        (domain, id) ->
            Seeded.unit(Seeded.hash(seed, "cells", id)) < shares.getOrDefault(domain, 0.0);
    Dataset<Row> drawn =
        chosen
            .where(udf(isDrawn, DataTypes.BooleanType).apply(col("domain"), col("doc_id")))
            .select(col("doc_id").as("drawn_id"));
    Dataset<Row> sample =
        documents
            .join(broadcast(drawn), col("doc_id").equalTo(col("drawn_id")))
            .select(col("doc_id"), col("domain"), col("text").substr(1, CHARACTERS).as("text"))
            .persist();
    try {
      HashedTerms words = HashedTerms.weighedBy(frequencies(sample));
      HashMap<String, Centroids> middles = new HashMap<>();
      for (String domain : new TreeMap<>(shares).keySet()) {
        int wanted = CellSlicing.cells(counted.get(domain), sliceDocuments);
        UnitVectors vectors = vectors(sample.where(col("domain").equalTo(domain)), words);
        if (vectors.size() > 0) {
          int found = Math.min(wanted, vectors.size());
          middles.put(domain, new SphericalKMeans(found, vectors.size(), ROUNDS, seed).of(vectors));
        }
      }

      return new Cells(words, middles);
    } finally {
      sample.unpersist();
    }
  }

  private static DocumentFrequencies frequencies(Dataset<Row> sample) {
    MapPartitionsFunction<Row, DocumentFrequencies> count =
        rows -> {
          DocumentFrequencies counted = new DocumentFrequencies();
          rows.forEachRemaining(row -> counted.add(row.getString(0)));
          return List.of(counted).iterator();
        };
    return sample
        .select("text")
        .mapPartitions(count, Encoders.javaSerialization(DocumentFrequencies.class))
        .toJavaRDD()
        .fold(new DocumentFrequencies(), DocumentFrequencies::addAll);
  }

  /**
   * In order of doc_id, since what is learned depends on the order; texts without words left out.
   */
  private static UnitVectors vectors(Dataset<Row> sample, HashedTerms words) {
    MapPartitionsFunction<Row, float[]> embed =
        rows -> {
          List<float[]> vectors = new ArrayList<>();
          rows.forEachRemaining(row -> vectors.add(words.of(row.getString(1))));
          return vectors.iterator();
        };
    UnitVectors.Builder vectors = UnitVectors.ofDimension(HashedTerms.DIMENSION);
    for (float[] vector :
        sample
            .select("doc_id", "text")
            .coalesce(1)
            .sortWithinPartitions("doc_id")
            .mapPartitions(embed, Encoders.javaSerialization(float[].class))
            .collectAsList()) {
      if (hasWords(vector)) {
        vectors.add(vector);
      }
    }

    return vectors.build();
  }

  private static boolean hasWords(float[] vector) {
    for (float component : vector) {
      if (component != 0) {
        return true;
      }
    }

    return false;
  }

  private static Map<String, long[]> counts(Dataset<Row> placed, Map<String, Centroids> middles) {
    Map<String, long[]> counts = new HashMap<>();
    middles.forEach((domain, own) -> counts.put(domain, new long[own.size()]));
    placed
        .where("size(cells) > 0")
        .groupBy(col("domain"), element_at(col("cells"), 1))
        .agg(functions.count(lit(1)))
        .collectAsList()
        .forEach(row -> counts.get(row.getString(0))[row.getInt(1)] = row.getLong(2));
    return counts;
  }

  @Override
  public int count() {
    return slicing.count();
  }

  @Override
  public Dataset<Row> chosen() {
    return placed
        .select(col("doc_id"), posexplode(slices(col("cells"))).as(new String[] {"place", "slice"}))
        .select(col("doc_id"), col("slice"), col("place").equalTo(0).as("home"));
  }

  @Override
  public Dataset<Row> texts(Dataset<Row> documents) {
    return documents.withColumn("slice", explode(slices(cells.column())));
  }

  private Column slices(Column ofCells) {
    CellSlicing numbers = slicing;
    UDF3<String, String, Seq<Integer>, int[]> of =
        (domain, id, found) -> {
          if (!numbers.covers(domain)) {
            return new int[0];
          }

          int[] own = new int[found == null ? 0 : found.size()];
          for (int i = 0; i < own.length; i++) {
            own[i] = found.apply(i);
          }

          return numbers.slices(domain, id, own);
        };
    return udf(of, DataTypes.createArrayType(DataTypes.IntegerType, false))
        .apply(col("domain"), col("doc_id"), ofCells);
  }

  @Override
  public void close() {
    kept.unpersist();
  }
}
