package org.longspan.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.longspan.stage.StageFailedException;
import org.longspan.stage.Tables;
import org.longspan.testing.LocalSpark;

class CombineActionTest {
  private static final StructType SCORES =
      new StructType()
          .add("doc_id", DataTypes.StringType)
          .add("scorer", DataTypes.StringType)
          .add("status", DataTypes.StringType)
          .add("score", DataTypes.DoubleType);
  private static final StructType TOKENS =
      new StructType()
          .add("doc_id", DataTypes.StringType)
          .add("domain", DataTypes.StringType)
          .add("n_tokens", DataTypes.IntegerType);
  private static final Map<String, Double> WEIGHTS =
      Map.of("prolong", 1.0, "compressibility", -0.5);

  private final List<Row> scores = new ArrayList<>();
  private final List<Row> tokens = new ArrayList<>();

  @Test
  void aCombinedScoreIsTheWeightedMeanOfRanks() {
    fourBooks();

    Map<String, Row> combined = combine(4);

    // Ranks by prolong .125 .375 .75 .75, by compressibility .875 .625 .375 .125, turned around.
    assertScore(combined.get("a"), (0.125 + 0.5 * 0.125) / 1.5);
    assertScore(combined.get("b"), (0.375 + 0.5 * 0.375) / 1.5);
    assertScore(combined.get("c"), (0.75 + 0.5 * 0.625) / 1.5);
    assertScore(combined.get("d"), (0.75 + 0.5 * 0.875) / 1.5);
    assertThat(details(combined.get("c")))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "rank.prolong",
                0.75,
                "rank.compressibility",
                0.375,
                "documents",
                4.0,
                "level",
                0.0));
    assertThat(combined.get("a").schema().fieldNames())
        .containsExactly(Tables.SCORES_SCHEMA.fieldNames());
  }

  @Test
  void smallGroupsAreRankedInLargerOnes() {
    fourBooks();
    document("e", "book", 5_000, 2.5, 0.9);
    document("f", "code", 2_000, 0, 0.1);

    Map<String, Row> combined = combine(2);

    assertThat(details(combined.get("a"))).containsEntry("documents", 4.0);
    assertThat(details(combined.get("e")))
        .containsEntry("rank.prolong", 0.5)
        .containsEntry("rank.compressibility", 0.9)
        .containsEntry("documents", 5.0)
        .containsEntry("level", 1.0);
    assertThat(details(combined.get("f")))
        .containsEntry("rank.prolong", 0.5 / 6)
        .containsEntry("documents", 6.0)
        .containsEntry("level", 2.0);
  }

  @Test
  void aDocumentThatLacksAScoreSaysWhichOne() {
    fourBooks();
    tokens.add(RowFactory.create("short", "book", 2_000));
    scores.add(RowFactory.create("short", "prolong", "too-short", null));
    scores.add(RowFactory.create("short", "compressibility", "scored", 0.7));
    tokens.add(RowFactory.create("broken", "book", 2_000));
    scores.add(RowFactory.create("broken", "prolong", "too-short", null));
    scores.add(RowFactory.create("broken", "compressibility", "failed", null));
    tokens.add(RowFactory.create("unseen", "web", 9));

    Map<String, Row> combined = combine(4);

    assertThat(combined).hasSize(7);
    assertThat(details(combined.get("a"))).containsEntry("documents", 4.0);
    assertLacks(combined.get("short"), "too-short", "prolong (too-short)");
    assertLacks(combined.get("broken"), "failed", "compressibility (failed), prolong (too-short)");
    assertLacks(combined.get("unseen"), "failed", "compressibility (not run), prolong (not run)");
  }

  @Test
  void aScorerThatWasNotRunIsNamed() {
    fourBooks();

    assertThatThrownBy(
            () ->
                CombineAction.on(
                        LocalSpark.session(),
                        table(LocalSpark.session(), scores, SCORES),
                        table(LocalSpark.session(), tokens, TOKENS),
                        Map.of("longfilter", 1.0))
                    .execute())
        .isInstanceOf(StageFailedException.class)
        .hasMessageContaining("no row of scorer longfilter");
  }

  @Test
  void severalScoresOfOneDocumentAreRefused() {
    fourBooks();
    scores.add(RowFactory.create("a", "prolong", "scored", 7.0));

    assertThatThrownBy(() -> combine(4))
        .isInstanceOf(StageFailedException.class)
        .hasMessageContaining("several rows of scorer prolong");
  }

  /** Few distinct scores, so that runs of equal ones go over partitions. */
  @Property(tries = 5)
  void ranksDoNotDependOnPartitions(
      @ForAll @IntRange(max = 1_000) int seed, @ForAll @IntRange(min = 2, max = 9) int partitions) {
    Random random = new Random(seed);
    scores.clear();
    tokens.clear();

    for (int d = 0; d < 200; d++) {
      document(
          "doc-" + d,
          d % 3 == 0 ? "code" : "book",
          1_000 << random.nextInt(3),
          random.nextInt(4),
          random.nextInt(50));
    }

    Map<String, Row> one = combine(session(1), 1, 30);
    Map<String, Row> many = combine(session(partitions), partitions, 30);

    assertThat(many).isEqualTo(one);
    one.forEach(
        (id, row) -> {
          if (details(row).get("level") == 0) {
            assertThat(details(row).get("rank.prolong")).isCloseTo(naive(id), within(1e-12));
          }
        });
  }

  private double naive(String id) {
    Row own = tokens.stream().filter(t -> t.getString(0).equals(id)).findFirst().orElseThrow();
    double score = score(id);
    List<Double> cell =
        tokens.stream()
            .filter(
                t ->
                    t.getString(1).equals(own.getString(1))
                        && Integer.highestOneBit(t.getInt(2))
                            == Integer.highestOneBit(own.getInt(2)))
            .map(t -> score(t.getString(0)))
            .toList();
    double below = cell.stream().filter(s -> s < score).count();
    double equal = cell.stream().filter(s -> s == score).count();
    return (below + equal / 2) / cell.size();
  }

  private double score(String id) {
    return scores.stream()
        .filter(s -> s.getString(0).equals(id) && s.getString(1).equals("prolong"))
        .mapToDouble(s -> s.getDouble(3))
        .findFirst()
        .orElseThrow();
  }

  private void fourBooks() {
    document("a", "book", 2_000, 1, 0.5);
    document("b", "book", 2_000, 2, 0.4);
    document("c", "book", 2_000, 3, 0.3);
    document("d", "book", 2_000, 3, 0.2);
  }

  private void document(String id, String domain, int n, double prolong, double compressibility) {
    tokens.add(RowFactory.create(id, domain, n));
    scores.add(RowFactory.create(id, "prolong", "scored", prolong));
    scores.add(RowFactory.create(id, "compressibility", "scored", compressibility));
    scores.add(RowFactory.create(id, "other", "scored", 0.0));
  }

  private Map<String, Row> combine(long minGroup) {
    return combine(LocalSpark.session(), 2, minGroup);
  }

  private Map<String, Row> combine(SparkSession spark, int partitions, long minGroup) {
    Map<String, Row> combined = new TreeMap<>();
    CombineAction.on(
            spark,
            table(spark, scores, SCORES).repartition(partitions),
            table(spark, tokens, TOKENS).repartition(partitions),
            WEIGHTS)
        .minGroup(minGroup)
        .execute()
        .scores()
        .collectAsList()
        .forEach(row -> combined.put(row.getString(0), row));
    return combined;
  }

  /** A session whose shuffles have just so many partitions. */
  private static SparkSession session(int partitions) {
    SparkSession session = LocalSpark.session().newSession();
    session.conf().set("spark.sql.shuffle.partitions", Integer.toString(partitions));
    session.conf().set("spark.sql.adaptive.coalescePartitions.enabled", "false");
    return session;
  }

  private static Dataset<Row> table(SparkSession spark, List<Row> rows, StructType schema) {
    return spark.createDataFrame(rows, schema);
  }

  private static Map<String, Double> details(Row row) {
    return new TreeMap<>(row.<String, Double>getJavaMap(row.fieldIndex("details")));
  }

  private static void assertScore(Row row, double expected) {
    assertThat(row.<String>getAs("status")).isEqualTo("scored");
    assertThat(row.<Double>getAs("score")).isCloseTo(expected, within(1e-12));
  }

  private static void assertLacks(Row row, String status, String what) {
    assertThat(row.<String>getAs("status")).isEqualTo(status);
    assertThat(row.<Double>getAs("score")).isNull();
    assertThat(row.<String>getAs("error")).isEqualTo("The document lacks a score by " + what + ".");
  }
}
