package org.longspan.action;

import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.longspan.length.LengthBorders;
import org.longspan.length.LengthBucket;
import org.longspan.mix.Border;
import org.longspan.mix.Cell;
import org.longspan.mix.Infeasible;
import org.longspan.mix.LongShare;
import org.longspan.mix.Mix;
import org.longspan.mix.Natural;
import org.longspan.mix.PerSource;
import org.longspan.mix.RankOrder;
import org.longspan.mix.SoftmaxSampling;
import org.longspan.mix.TargetTable;
import org.longspan.run.Counts;
import org.longspan.seed.Seeded;
import org.longspan.stage.StageFailedException;
import org.longspan.stage.Tables;
import org.longspan.testing.LocalSpark;

class UpsampleActionTest {
  private static final int LONG_FROM = 1_000;
  private static final LengthBorders BORDERS = new LengthBorders(List.of(LONG_FROM));
  private static final StructType SCORES =
      new StructType()
          .add("doc_id", DataTypes.StringType)
          .add("scorer", DataTypes.StringType)
          .add("score", DataTypes.DoubleType);

  private final SparkSession spark = LocalSpark.session();

  /** A row of the selection. */
  private record Chosen(
      String id,
      String domain,
      String bucket,
      int tokens,
      Double score,
      double rate,
      int copies,
      Integer lastCopy) {
    Cell cell() {
      return new Cell(domain, BORDERS.bucket(tokens));
    }

    long chosenTokens() {
      return lastCopy == null ? (long) copies * tokens : (copies - 1L) * tokens + lastCopy;
    }
  }

  @Test
  void everyDomainReachesTheLongShareAndKeepsItsOwn() {
    UpsampleResult result = upsample(perSource(0.7)).execute();

    List<Chosen> chosen = rows(result.selection());
    long before = tokens(chosen, c -> true, c -> 1);
    long after = tokens(chosen, c -> true, Chosen::copies);
    for (String domain : List.of("book", "web")) {
      Predicate<Chosen> here = c -> c.domain().equals(domain);
      long longs = tokens(chosen, here.and(c -> c.tokens() >= LONG_FROM), Chosen::copies);
      long all = tokens(chosen, here, Chosen::copies);
      long had = tokens(chosen, here, c -> 1);
      // Half a long document and half a short one, the most that whole documents can miss by.
      assertThat((double) longs).isCloseTo(0.7 * had, within(1_000.0));
      assertThat((double) all).isCloseTo((double) had, within(1_250.0));
    }

    assertThat((double) after).isCloseTo((double) before, within(2_500.0));
    assertThat(result.selection().columns()).containsExactly(Tables.SELECTION_SCHEMA.fieldNames());
    assertThat(chosen).allSatisfy(c -> assertThat(c.bucket()).isNotEmpty());
  }

  @Test
  void highestScoresComeFirstAndDocumentsWithoutScoreLast() {
    UpsampleResult result = upsample(perSource(0.7)).execute();

    Map<Cell, List<Chosen>> cells =
        rows(result.selection()).stream().collect(Collectors.groupingBy(Chosen::cell));
    assertThat(cells).hasSize(4);
    cells.forEach(
        (cell, documents) -> {
          int whole = (int) Math.floor(documents.get(0).rate());
          assertThat(documents).allSatisfy(c -> assertThat(c.copies() - whole).isBetween(0, 1));
          double lastOfFirst =
              documents.stream()
                  .filter(c -> c.copies() > whole)
                  .mapToDouble(UpsampleActionTest::rank)
                  .min()
                  .orElseThrow();
          double firstOfLast =
              documents.stream()
                  .filter(c -> c.copies() == whole)
                  .mapToDouble(UpsampleActionTest::rank)
                  .max()
                  .orElseThrow();
          assertThat(lastOfFirst).as(cell.toString()).isGreaterThanOrEqualTo(firstOfLast);
        });
  }

  @ParameterizedTest
  @CsvSource({"WHOLE, top", "CUT, top", "CUT, softmax"})
  void partitionsAndRowOrderDoNotMatter(Border border, String order) {
    List<List<Chosen>> chosen = new ArrayList<>();
    for (int partitions : new int[] {1, 7, 64}) {
      chosen.add(
          rows(
              UpsampleAction.on(
                      spark,
                      corpus().orderBy(functions.desc("n_tokens")).repartition(partitions),
                      perSource(0.7))
                  .borders(LengthBorders.doubling(7, 12))
                  .longFrom(LONG_FROM)
                  .tokens(100_000)
                  .border(border)
                  .order(RankOrder.named(order, 5))
                  .rankedBy(scores().repartition(partitions), "prolong")
                  .seed(11)
                  .execute()
                  .selection()));
    }

    assertThat(chosen.get(1)).isEqualTo(chosen.get(0));
    assertThat(chosen.get(2)).isEqualTo(chosen.get(0));
  }

  @Test
  void aCutBorderGivesEveryCellExactlyItsTokens() {
    UpsampleResult result =
        upsample(perSource(0.7))
            .borders(LengthBorders.doubling(7, 12))
            .tokens(123_457)
            .border(Border.CUT)
            .execute();

    Map<String, Long> tokens =
        rows(result.selection()).stream()
            .collect(
                Collectors.groupingBy(
                    c -> c.domain() + " " + c.bucket(),
                    Collectors.summingLong(Chosen::chosenTokens)));
    result
        .plan()
        .chosen()
        .forEach((cell, wanted) -> assertThat(tokens).containsEntry(cell.toString(), wanted));
    assertThat(tokens.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(123_457);
    assertThat(rows(result.selection()).stream().filter(c -> c.lastCopy() != null).count())
        .as("one document a cell at most")
        .isBetween(1L, (long) result.plan().chosen().size());
    assertThat(result.counts().holds()).isTrue();
  }

  @Test
  void aWholeBorderMissesByHalfADocumentAtMost() {
    UpsampleResult result =
        upsample(perSource(0.7)).borders(LengthBorders.doubling(7, 12)).tokens(123_457).execute();

    result
        .cells()
        .cells()
        .forEach(
            (cell, counts) ->
                assertThat(Math.abs(counts.after().tokens() - result.plan().tokens(cell)))
                    .isLessThanOrEqualTo(cell.bucket().to() / 2));
  }

  /** Documents that share the border's key are told apart by length and name: one is cut. */
  @Test
  void ofDocumentsThatTieInEverythingOneIsCut() {
    Dataset<Row> twins =
        spark.sql("select concat('d', id) doc_id, 'x' domain, 10 n_tokens from range(9)");
    Dataset<Row> equal = twins.selectExpr("doc_id", "'s' scorer", "1.0D score");

    List<Chosen> chosen =
        rows(
            UpsampleAction.on(spark, twins, new Natural())
                .rankedBy(equal, "s")
                .order((score, hash) -> 5)
                .tokens(25)
                .border(Border.CUT)
                .execute()
                .selection());

    assertThat(chosen).extracting(Chosen::copies).containsExactly(1, 1, 1, 0, 0, 0, 0, 0, 0);
    assertThat(chosen.get(2).lastCopy()).isEqualTo(5);
  }

  @Test
  void aDocumentMoreChangesItsOwnCellAtItsBorder() {
    SortedMap<String, SortedMap<LengthBucket, Double>> table = new TreeMap<>();
    for (String domain : List.of("book", "web")) {
      table.put(
          domain,
          new TreeMap<>(
              Map.of(LengthBucket.below(LONG_FROM), 0.2, LengthBucket.atLeast(LONG_FROM), 0.3)));
    }

    Mix mix = new TargetTable(table);
    Dataset<Row> one = spark.sql("select 'new' doc_id, 'web' domain, 1500 n_tokens");
    Dataset<Row> documents = corpus().select("doc_id", "domain", "n_tokens");

    List<Chosen> before = rows(cut(documents, mix));
    List<Chosen> after = rows(cut(documents.union(one), mix));

    Map<String, Chosen> old =
        before.stream().collect(Collectors.toMap(Chosen::id, chosen -> chosen));
    List<Chosen> changed =
        after.stream()
            .filter(c -> !c.id().equals("new"))
            .filter(
                c ->
                    c.copies() != old.get(c.id()).copies()
                        || !Objects.equals(c.lastCopy(), old.get(c.id()).lastCopy()))
            .toList();
    assertThat(changed)
        .as("documents of 1,500 tokens make room for it, at the border")
        .hasSizeBetween(0, 4)
        .allSatisfy(c -> assertThat(c.cell()).isEqualTo(new Cell("web", BORDERS.bucket(1_500))));
  }

  private Dataset<Row> cut(Dataset<Row> documents, Mix mix) {
    return UpsampleAction.on(spark, documents, mix)
        .borders(BORDERS)
        .longFrom(LONG_FROM)
        .tokens(50_000)
        .border(Border.CUT)
        .seed(11)
        .execute()
        .selection();
  }

  @Test
  void softmaxPrefersHighScoresAndLeavesOthersAChance() {
    UpsampleAction action = upsample(perSource(0.7)).tokens(60_000);
    List<Chosen> top = rows(action.execute().selection());
    List<Chosen> drawn =
        rows(
            upsample(perSource(0.7))
                .tokens(60_000)
                .order(new SoftmaxSampling(5))
                .execute()
                .selection());
    List<Chosen> flat =
        rows(
            upsample(perSource(0.7))
                .tokens(60_000)
                .order(new SoftmaxSampling(1e9))
                .execute()
                .selection());

    assertThat(meanScore(drawn)).isLessThan(meanScore(top)).isGreaterThan(meanScore(flat));
  }

  private static double meanScore(List<Chosen> chosen) {
    return chosen.stream()
        .filter(c -> c.copies() > 0 && c.score() != null)
        .mapToDouble(Chosen::score)
        .average()
        .orElseThrow();
  }

  @Test
  void withoutScoresTheSeedDecides() {
    List<Chosen> one = rows(byChance(1).execute().selection());
    List<Chosen> two = rows(byChance(2).execute().selection());

    assertThat(two).isNotEqualTo(one);
    assertThat((double) tokens(one, c -> true, Chosen::copies)).isCloseTo(100_000, within(2_500.0));
    assertThat((double) tokens(two, c -> true, Chosen::copies)).isCloseTo(100_000, within(2_500.0));
  }

  @Test
  void everyDocumentIsCountedOnceAmongInOutAddedAndDropped() {
    UpsampleResult result = upsample(perSource(0.7)).execute();

    List<Chosen> chosen = rows(result.selection());
    assertThat(result.counts().holds()).isTrue();
    assertThat(result.counts().in())
        .isEqualTo(new Counts(chosen.size(), tokens(chosen, c -> true, c -> 1)));
    assertThat(result.counts().out())
        .isEqualTo(
            new Counts(
                chosen.stream().mapToLong(Chosen::copies).sum(),
                tokens(chosen, c -> true, Chosen::copies)));
    List<Row> drops = result.drops().collectAsList();
    assertThat(result.counts().dropped())
        .containsEntry(
            "not-selected",
            new Counts(drops.size(), drops.stream().mapToLong(r -> r.<Long>getAs("tokens")).sum()));
    assertThat(drops.stream().map(r -> r.<String>getAs("doc_id")))
        .containsExactlyInAnyOrderElementsOf(
            chosen.stream().filter(c -> c.copies() == 0).map(Chosen::id).toList());
    assertThat(MixFigures.of(result.cells(), result.plan(), LONG_FROM))
        .containsKeys("rate.book.long", "rate.web.short", "domain-share.before.web")
        .containsKeys("epochs.web.0-999", "cell-share.target.book.1000-2147483647")
        .hasEntrySatisfying(
            "long-share.after.web", share -> assertThat(share).isCloseTo(0.7, within(0.02)));
  }

  @Test
  void targetsOutOfReachFailWithEveryCell() {
    assertThatThrownBy(() -> upsample(perSource(0.99)).maxEpochs(1).execute())
        .isInstanceOf(StageFailedException.class)
        .hasMessageContaining("2 cells can not have the tokens")
        .hasMessageContaining("book 1000-2147483647")
        .hasMessageContaining("web 1000-2147483647")
        .hasMessageContaining("Set upsample.tokens to at most");
  }

  @Test
  void renormaliseFillsCellsToTheLimitAndKeepsTheDomainShares() {
    UpsampleResult result =
        upsample(perSource(0.97)).maxEpochs(1).whenInfeasible(Infeasible.RENORMALISE).execute();

    List<Chosen> chosen = rows(result.selection());
    assertThat(result.plan().shortages().cells()).hasSize(2);
    assertThat(chosen).allSatisfy(c -> assertThat(c.copies()).isEqualTo(1));
  }

  @Test
  void shrinkKeepsTheLongShareAndTakesFewer() {
    UpsampleResult result =
        upsample(perSource(0.97))
            .maxEpochs(1)
            .whenInfeasible(Infeasible.SHRINK)
            .border(Border.CUT)
            .execute();

    assertThat(result.plan().tokens()).isEqualTo(result.plan().shortages().shrunkTokens());
    assertThat(MixFigures.of(result.cells(), result.plan(), LONG_FROM).get("drift.long"))
        .isLessThan(1e-4);
  }

  @Test
  void noDocumentIsCopiedMoreOftenThanTheEpochs() {
    UpsampleResult result =
        upsample(perSource(0.7))
            .tokens(10_000_000)
            .whenInfeasible(Infeasible.RENORMALISE)
            .execute();

    assertThat(rows(result.selection())).allSatisfy(c -> assertThat(c.copies()).isEqualTo(4));
    assertThat(result.counts().added()).containsOnlyKeys("copies");
  }

  @Test
  void aDomainWithoutLongDocumentsIsNamed() {
    Dataset<Row> tokens = corpus().where("domain = 'book' or n_tokens < 1000");

    assertThatThrownBy(
            () ->
                UpsampleAction.on(spark, tokens, perSource(0.7))
                    .borders(BORDERS)
                    .longFrom(LONG_FROM)
                    .execute())
        .isInstanceOf(StageFailedException.class)
        .hasMessageContaining("web 1000-2147483647")
        .hasMessageContaining("is empty, so shrink chooses none");
  }

  @Test
  void documentsOfOtherLengthsAreLeftOutBeforeAnythingElse() {
    UpsampleResult result =
        upsample(new Natural()).lengths(LengthBucket.parse("100-1499")).execute();

    List<Chosen> chosen =
        result.selection().where("rate is not null").select("n_tokens").collectAsList().stream()
            .map(row -> new Chosen("", "", "", row.getInt(0), null, 1, 1, null))
            .toList();
    assertThat(chosen).isNotEmpty().allSatisfy(c -> assertThat(c.tokens()).isBetween(100, 1_499));
    assertThat(result.counts().holds()).isTrue();
    assertThat(result.counts().dropped()).containsOnlyKeys("length");
    assertThat(result.drops().where("reason = 'length'").count()).isEqualTo(430 - chosen.size());
  }

  @Test
  void documentsWithoutTokensAreNeverChosen() {
    Dataset<Row> tokens =
        spark.sql(
            "select * from values ('a', 'x', 0), ('b', 'x', 5) as t(doc_id, domain, n_tokens)");

    assertThat(rows(UpsampleAction.on(spark, tokens, new Natural()).execute().selection()))
        .extracting(Chosen::copies)
        .containsExactly(0, 1);
  }

  @Test
  void emptyCorpusIsNamed() {
    assertThatThrownBy(
            () -> UpsampleAction.on(spark, corpus().where("false"), new Natural()).execute())
        .isInstanceOf(StageFailedException.class)
        .hasMessageContaining("the corpus has 0 documents and no tokens");
  }

  @Test
  void scorerThatWasNotRunIsNamed() {
    assertThatThrownBy(
            () ->
                UpsampleAction.on(spark, corpus(), new Natural())
                    .rankedBy(scores(), "longfilter")
                    .execute())
        .isInstanceOf(StageFailedException.class)
        .hasMessageContaining("no row of scorer longfilter");
  }

  @Test
  void severalScoresOfOneDocumentAreRefused() {
    assertThatThrownBy(
            () ->
                UpsampleAction.on(spark, corpus(), new Natural())
                    .rankedBy(scores().union(scores().limit(1)), "prolong")
                    .execute())
        .isInstanceOf(StageFailedException.class)
        .hasMessageContaining("several rows of scorer prolong");
  }

  @Test
  void callersSessionIsLeftAsItWas() {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    Set<Integer> kept = Set.copyOf(context.getPersistentRDDs().keySet());
    spark.sparkContext().setJobDescription("mine");
    try {
      upsample(perSource(0.7)).execute();
      assertThat(spark.sparkContext().getLocalProperty("spark.job.description")).isEqualTo("mine");
      assertThat(kept).containsAll(context.getPersistentRDDs().keySet());
    } finally {
      spark.sparkContext().setJobDescription(null);
    }
  }

  private static Mix perSource(double longShare) {
    return new PerSource(new LongShare(LONG_FROM, longShare));
  }

  private UpsampleAction byChance(long seed) {
    return UpsampleAction.on(spark, corpus(), perSource(0.7))
        .borders(BORDERS)
        .longFrom(LONG_FROM)
        .tokens(100_000)
        .seed(seed);
  }

  private UpsampleAction upsample(Mix mix) {
    return UpsampleAction.on(spark, corpus(), mix)
        .borders(BORDERS)
        .longFrom(LONG_FROM)
        .rankedBy(scores(), "prolong")
        .seed(11);
  }

  /** Two domains; reading the ids of tokens fails the test. */
  private Dataset<Row> corpus() {
    List<Row> rows = new ArrayList<>();
    addDocuments(rows, "book", 60, 50, 500);
    addDocuments(rows, "book", 30, LONG_FROM, 2_000);
    addDocuments(rows, "web", 300, 50, 500);
    addDocuments(rows, "web", 40, LONG_FROM, 2_000);
    StructType schema =
        new StructType()
            .add("doc_id", DataTypes.StringType)
            .add("domain", DataTypes.StringType)
            .add("n_tokens", DataTypes.IntegerType);
    return spark
        .createDataFrame(rows, schema)
        .repartition(3)
        .withColumn(
            "input_ids", expr("array(cast(raise_error(concat(doc_id, ' was read')) as int))"));
  }

  private static void addDocuments(
      Collection<Row> rows, String domain, int documents, int from, int to) {
    for (int d = 0; d < documents; d++) {
      String id = domain + "-" + from + "-" + d;
      int tokens = from + (int) Seeded.index(Seeded.hash(3, "tokens", id), to - from);
      rows.add(RowFactory.create(id, domain, tokens));
    }
  }

  /** Every fifth document has no score; scores tie now and then. */
  private Dataset<Row> scores() {
    List<Row> rows = new ArrayList<>();
    for (Row document : corpus().select("doc_id").collectAsList()) {
      long draw = Seeded.index(Seeded.hash(3, "score", document.getString(0)), 100);
      Double score = draw < 20 ? null : Double.valueOf((draw - 50) / 4.0);
      rows.add(RowFactory.create(document.getString(0), "prolong", score));
      rows.add(RowFactory.create(document.getString(0), "other", 1.0));
    }

    return spark.createDataFrame(rows, SCORES);
  }

  private static double rank(Chosen chosen) {
    return Objects.requireNonNullElse(chosen.score(), Double.NEGATIVE_INFINITY);
  }

  private static long tokens(
      List<Chosen> chosen, Predicate<Chosen> of, ToLongFunction<Chosen> copies) {
    return chosen.stream().filter(of).mapToLong(c -> copies.applyAsLong(c) * c.tokens()).sum();
  }

  private static List<Chosen> rows(Dataset<Row> selection) {
    return selection.collectAsList().stream()
        .map(
            row ->
                new Chosen(
                    row.getAs("doc_id"),
                    row.getAs("domain"),
                    row.getAs("bucket"),
                    row.<Integer>getAs("n_tokens"),
                    row.getAs("score"),
                    row.<Double>getAs("rate"),
                    row.<Integer>getAs("copies"),
                    row.getAs("last_copy_tokens")))
        .sorted(Comparator.comparing(Chosen::id))
        .toList();
  }
}
