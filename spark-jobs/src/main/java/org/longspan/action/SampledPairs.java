package org.longspan.action;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.substring;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.longspan.relatedness.RowSample;
import org.longspan.relatedness.RowSample.Pair;

/** The pairs of documents that are compared, as many as the sample has rows times pairs. */
final class SampledPairs {
  /** What is asked about a pair. */
  static final String WITHIN = "within";

  static final String ACROSS = "across";
  static final String ADJACENT = "adjacent";

  private static final StructType DRAWN = drawn();

  private static final StructType PAIRS =
      new StructType()
          .add("kind", DataTypes.StringType)
          .add("domain", DataTypes.StringType)
          .add("one", DataTypes.StringType)
          .add("other", DataTypes.StringType);

  private final SparkSession spark;
  private final List<Asked> pairs;

  /** A pair and what is asked about it. */
  private record Asked(String kind, String domain, Pair pair) {
    Row toRow() {
      return RowFactory.create(kind, domain, pair.one(), pair.other());
    }
  }

  private SampledPairs(SparkSession spark, List<Asked> pairs) {
    this.spark = spark;
    this.pairs = pairs;
  }

  /** Draws the pairs; documents' names come to the driver, a bounded number of each row. */
  static SampledPairs of(SparkSession spark, SampledRows sample, int most, long seed) {
    List<Asked> pairs = new ArrayList<>();
    Map<String, List<List<String>>> drawn = new TreeMap<>();
    sample
        .with(col("spans").getField("doc_id").as("documents"))
        .map((MapFunction<Row, Row>) row -> draw(row, most, seed), Encoders.row(DRAWN))
        .orderBy("domain", "place")
        .collectAsList()
        .forEach(
            row -> {
              String domain = row.getAs("domain");
              add(pairs, WITHIN, domain, pairs(row, WITHIN));
              add(pairs, ADJACENT, domain, pairs(row, ADJACENT));
              drawn
                  .computeIfAbsent(domain, name -> new ArrayList<>())
                  .add(row.getList(row.fieldIndex("drawn")));
            });
    drawn.forEach((domain, rows) -> add(pairs, ACROSS, domain, RowSample.across(rows)));
    return new SampledPairs(spark, pairs);
  }

  /** kind, domain, one, other: one row a pair. */
  Dataset<Row> rows() {
    return spark.createDataFrame(pairs.stream().map(Asked::toRow).toList(), PAIRS);
  }

  /**
   * doc_id and the beginning of the text of each document that is in a pair.
   *
   * @param characters code points that are read
   */
  Dataset<Row> beginnings(Dataset<Row> documents, int characters) {
    TreeSet<String> ids = new TreeSet<>();
    for (Asked asked : pairs) {
      ids.add(asked.pair().one());
      ids.add(asked.pair().other());
    }

    Dataset<Row> named = spark.createDataset(List.copyOf(ids), Encoders.STRING()).toDF("doc_id");
    return documents
        .join(broadcast(named), "doc_id")
        .select(col("doc_id"), substring(col("text"), 1, characters).as("text"));
  }

  private static Row draw(Row row, int most, long seed) {
    List<String> documents =
        row.<String>getList(row.fieldIndex("documents")).stream().filter(Objects::nonNull).toList();
    RowSample sample =
        new RowSample(Long.toString(row.<Long>getAs("sequence_id")), documents, most, seed);
    List<Pair> within = sample.within();
    List<Pair> adjacent = sample.adjacent();
    return RowFactory.create(
        row.getAs("domain"),
        row.getAs("place"),
        names(within.stream().map(Pair::one)),
        names(within.stream().map(Pair::other)),
        names(adjacent.stream().map(Pair::one)),
        names(adjacent.stream().map(Pair::other)),
        names(sample.drawn().stream()));
  }

  private static StructType drawn() {
    StructType schema =
        new StructType().add("domain", DataTypes.StringType).add("place", DataTypes.IntegerType);
    for (String name :
        List.of("within_one", "within_other", "adjacent_one", "adjacent_other", "drawn")) {
      schema = schema.add(name, DataTypes.createArrayType(DataTypes.StringType));
    }

    return schema;
  }

  private static String[] names(Stream<String> documents) {
    return documents.toArray(String[]::new);
  }

  private static List<Pair> pairs(Row row, String kind) {
    List<String> one = row.getList(row.fieldIndex(kind + "_one"));
    List<String> other = row.getList(row.fieldIndex(kind + "_other"));
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < one.size(); i++) {
      pairs.add(new Pair(one.get(i), other.get(i)));
    }

    return pairs;
  }

  private static void add(List<Asked> all, String kind, String domain, List<Pair> pairs) {
    pairs.forEach(pair -> all.add(new Asked(kind, domain, pair)));
  }
}
