package org.longspan.action;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longspan.relate.MinHashDuplicates;
import org.longspan.relate.UtteranceOverlap;
import org.longspan.retrieve.Bm25;
import org.longspan.retrieve.Embedding;
import org.longspan.retrieve.Repository;
import org.longspan.retrieve.RetrieverParameters;
import org.longspan.retrieve.Retrievers;
import org.longspan.run.Balance;
import org.longspan.run.Counts;
import org.longspan.stage.Tables;
import org.longspan.testing.LocalSpark;

class RelateActionTest {
  private static final StructType DOCUMENTS =
      new StructType()
          .add("doc_id", DataTypes.StringType)
          .add("domain", DataTypes.StringType)
          .add("text", DataTypes.StringType);

  private static final StructType SELECTION =
      new StructType()
          .add("doc_id", DataTypes.StringType)
          .add("domain", DataTypes.StringType)
          .add("n_tokens", DataTypes.IntegerType)
          .add("copies", DataTypes.IntegerType);

  private static final SparkSession SPARK = LocalSpark.session();

  /** 30 documents in each of two domains, about ten topics that both domains share. */
  private static final List<Row> TEXTS = texts();

  /** Every fifth document is left out; each of the others is chosen once or twice. */
  private static final List<Row> CHOSEN = chosen(TEXTS);

  private static final RetrieverParameters DISTINCT =
      new RetrieverParameters(
          4,
          16,
          List.of(),
          Repository.Order.WALK,
          5,
          Embedding.MINILM,
          new UtteranceOverlap(10, 5),
          Optional.of(MinHashDuplicates.from(0.8)),
          0);

  @TempDir private Path work;

  @AfterEach
  void letGo() {
    SPARK.sharedState().cacheManager().clearCache();
  }

  @Test
  void neighboursAreOfTheSameTopicFirst() {
    List<Row> nearest =
        relate(TEXTS)
            .sliceDocuments(1000)
            .execute()
            .edges()
            .where(col("rank").equalTo(0))
            .collectAsList();

    assertThat(nearest)
        .hasSize(48)
        .allMatch(edge -> topic(edge.getAs("doc_id")).equals(topic(edge.getAs("neighbour_id"))));
  }

  @Test
  void domainsAreNeverMixedAndUnselectedDocumentsAreAbsent() {
    List<Row> edges = relate(TEXTS).execute().edges().collectAsList();

    List<String> chosen =
        CHOSEN.stream().filter(row -> row.getInt(3) > 0).map(row -> row.getString(0)).toList();
    assertThat(edges)
        .allSatisfy(
            edge -> {
              String id = edge.getAs("doc_id");
              String neighbour = edge.getAs("neighbour_id");
              assertThat(neighbour).isNotEqualTo(id).startsWith(id.substring(0, 4));
              assertThat(chosen).contains(id, neighbour);
              assertThat(edge.<String>getAs("retriever")).isEqualTo("bm25");
            });
  }

  @Test
  void relatingDropsNothingAndCountsCopies() {
    Balance counts = relate(TEXTS).execute().counts();

    int copies = CHOSEN.stream().mapToInt(row -> row.getInt(3)).sum();
    assertThat(counts).isEqualTo(Balance.unchanged(new Counts(copies, 100L * copies)));
  }

  @Test
  void edgesDoNotDependOnOrderOrPartitions() {
    List<Row> mixed = new ArrayList<>(TEXTS);
    Collections.shuffle(mixed, new Random(5));

    assertThat(
            sorted(
                relate(SPARK.createDataFrame(mixed, DOCUMENTS).repartition(7)).execute().edges()))
        .isEqualTo(sorted(relate(TEXTS).execute().edges()));
  }

  @Test
  void textsAreShuffledOnceBySlice() {
    String plan = relate(TEXTS).execute().edges().queryExecution().executedPlan().toString();

    assertThat(plan).contains("REPARTITION_BY_NUM").doesNotContain("ENSURE_REQUIREMENTS");
  }

  @Test
  void aWorkPathGivesTheSameEdges() {
    RelateResult kept = relate(TEXTS).workPath(work.toString()).execute();

    assertThat(sorted(kept.edges())).isEqualTo(sorted(relate(TEXTS).execute().edges()));
    assertThat(kept.slices()).isEqualTo(6);
    assertThat(kept.slicesReused()).isZero();
  }

  @Test
  void finishedSlicesAreKeptAndMissingOnesAreMade() throws IOException {
    List<String> whole = sorted(relate(TEXTS).workPath(work.toString()).execute().edges());
    List<Path> files = sliceFiles();
    Files.delete(files.get(1));
    Files.delete(files.get(3));
    // What a killed task leaves behind.
    Files.writeString(files.get(0).resolveSibling("_shard-000001-unfinished"), "half a file");

    RelateResult resumed = relate(TEXTS).workPath(work.toString()).execute();

    assertThat(resumed.slicesReused()).isEqualTo(files.size() - 2);
    assertThat(sorted(resumed.edges())).isEqualTo(whole);
  }

  @Test
  void aFinishedRunReadsNoTextAgain() {
    List<String> whole = sorted(relate(TEXTS).workPath(work.toString()).execute().edges());

    RelateResult again = relate(List.of()).workPath(work.toString()).execute();

    assertThat(again.slicesReused()).isEqualTo(again.slices());
    assertThat(sorted(again.edges())).isEqualTo(whole);
  }

  @Test
  void aChosenDocumentWithoutTextIsNamed() {
    assertThatThrownBy(() -> relate(TEXTS.subList(2, TEXTS.size())).execute())
        .hasStackTraceContaining("Document book-01 is in the selection but not");
  }

  @Test
  void theRetrieverNoneFindsNothing() {
    RelateResult result =
        relate(TEXTS)
            .retriever(Retrievers.named("none", new RetrieverParameters(1, 1)))
            .workPath(work.toString())
            .execute();

    assertThat(result.edges().count()).isZero();
    assertThat(result.counts().holds()).isTrue();
  }

  @Test
  void nearDuplicatesAreLeftOutAndCountedAlsoOfSlicesThatWereFinishedBefore() {
    List<Row> texts = new ArrayList<>(TEXTS);
    Row twin = texts.get(1);
    texts.set(2, RowFactory.create("book-02", "book", twin.getString(2) + " and more"));
    RelateAction relate =
        relate(texts)
            .retriever(Retrievers.named("bm25", DISTINCT))
            .sliceDocuments(1000)
            .workPath(work.toString());

    RelateResult result = relate.execute();
    RelateResult again = relate.execute();

    assertThat(result.nearDuplicates()).isEqualTo(2);
    assertThat(again.slicesReused()).isEqualTo(2);
    assertThat(again.nearDuplicates()).isEqualTo(2);
    assertThat(result.edges().columns()).isEqualTo(Tables.EDGES_SCHEMA.fieldNames());
    assertThat(
            result
                .edges()
                .where("doc_id = 'book-01' and neighbour_id = 'book-02' or rank > 3")
                .count())
        .isZero();
  }

  @Test
  void neighboursMeetInSlicesOfTextsThatAreAlike() {
    RelateResult byHash = relate(TEXTS).execute();
    RelateResult byContent = relate(TEXTS).sliceBy(SliceBy.CONTENT).execute();

    // Two partners of a topic, four neighbours at most: by chance one of three shares a slice.
    assertThat(edgesWithinATopic(byContent)).isGreaterThan(3 * edgesWithinATopic(byHash) / 2);
    assertThat(byContent.edges().dropDuplicates("doc_id", "rank").count())
        .isEqualTo(byContent.edges().count());
  }

  @Test
  void everyChosenDocumentHasOneHomeWhateverThePartitions() {
    List<Row> mixed = new ArrayList<>(TEXTS);
    Collections.shuffle(mixed, new Random(5));

    RelateResult once = relate(TEXTS).sliceBy(SliceBy.CONTENT).execute();
    RelateResult again =
        relate(SPARK.createDataFrame(mixed, DOCUMENTS).repartition(7))
            .sliceBy(SliceBy.CONTENT)
            .workPath(work.toString())
            .execute();

    assertThat(once.places().where("home").select("doc_id").distinct().count()).isEqualTo(48);
    assertThat(once.places().where("home").count()).isEqualTo(48);
    assertThat(sorted(again.places())).isEqualTo(sorted(once.places()));
    assertThat(sorted(again.edges())).isEqualTo(sorted(once.edges()));
    assertThat(once.places().columns()).isEqualTo(Tables.SLICES_SCHEMA.fieldNames());
    once.close();
    again.close();
  }

  private static long edgesWithinATopic(RelateResult result) {
    return result.edges().collectAsList().stream()
        .filter(edge -> topic(edge.getAs("doc_id")).equals(topic(edge.getAs("neighbour_id"))))
        .count();
  }

  @Test
  void anEmptySelectionHasNoEdges() {
    RelateResult result =
        RelateAction.on(
                SPARK,
                SPARK.createDataFrame(TEXTS, DOCUMENTS),
                SPARK.createDataFrame(List.of(), SELECTION))
            .execute();

    assertThat(result.edges().count()).isZero();
    assertThat(result.counts().in()).isEqualTo(Counts.NONE);
  }

  @Test
  void everySliceHasAPartitionOfItsOwn() {
    int[] keys = PartitionKeys.of(50);

    Dataset<Row> rows =
        SPARK
            .createDataset(IntStream.of(keys).boxed().toList(), Encoders.INT())
            .toDF("key")
            .repartition(50, col("key"));

    assertThat(rows.javaRDD().glom().map(List::size).collect()).hasSize(50).containsOnly(1);
  }

  private static RelateAction relate(List<Row> texts) {
    return relate(SPARK.createDataFrame(texts, DOCUMENTS));
  }

  private static RelateAction relate(Dataset<Row> texts) {
    return RelateAction.on(SPARK, texts, SPARK.createDataFrame(CHOSEN, SELECTION))
        .retriever(new Bm25(4, 16, Bm25.CHARACTERS))
        .sliceDocuments(10)
        .seed(1);
  }

  private List<Path> sliceFiles() throws IOException {
    try (Stream<Path> files = Files.list(work.resolve("slices"))) {
      return files
          .filter(file -> file.getFileName().toString().matches("shard-.*parquet"))
          .sorted()
          .toList();
    }
  }

  private static List<String> sorted(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(Row::toString).sorted().toList();
  }

  /** Documents d and d + 10 are of one topic. */
  private static String topic(String id) {
    return id.substring(id.length() - 1);
  }

  private static List<Row> texts() {
    SplittableRandom random = new SplittableRandom(8);
    return Stream.of("book", "code")
        .flatMap(
            domain ->
                IntStream.range(0, 30)
                    .mapToObj(
                        d ->
                            RowFactory.create(
                                "%s-%02d".formatted(domain, d),
                                domain,
                                IntStream.range(0, 40)
                                    .mapToObj(
                                        i ->
                                            random.nextInt(3) == 0
                                                ? "common" + random.nextInt(5)
                                                : "topic%dword%d"
                                                    .formatted(d % 10, random.nextInt(12)))
                                    .collect(Collectors.joining(" ")))))
        .toList();
  }

  private static List<Row> chosen(List<Row> texts) {
    return IntStream.range(0, texts.size())
        .mapToObj(
            i ->
                RowFactory.create(
                    texts.get(i).getString(0),
                    texts.get(i).getString(1),
                    100,
                    i % 5 == 0 ? 0 : 1 + i % 2))
        .toList();
  }
}
