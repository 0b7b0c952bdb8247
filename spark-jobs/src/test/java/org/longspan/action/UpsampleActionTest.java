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
import org.longspan.mix.Cell;
import org.longspan.mix.EveryDocumentOnce;
import org.longspan.mix.Length;
import org.longspan.mix.Mix;
import org.longspan.mix.PerSource;
import org.longspan.run.Counts;
import org.longspan.seed.Seeded;
import org.longspan.stage.StageFailedException;
import org.longspan.stage.Tables;
import org.longspan.testing.LocalSpark;

class UpsampleActionTest {
  private static final int LONG_FROM = 1_000;
  private static final StructType SCORES =
      new StructType()
          .add("doc_id", DataTypes.StringType)
          .add("scorer", DataTypes.StringType)
          .add("score", DataTypes.DoubleType);

  private final SparkSession spark = LocalSpark.session();

  /** A row of the selection. */
  private record Chosen(
      String id, String domain, String bucket, int tokens, Double score, double rate, int copies) {
    Cell cell() {
      return new Cell(domain, Length.of(tokens, LONG_FROM));
    }
  }

  @Test
  void everyDomainReachesTheLongShareAndKeepsItsOwn() {
    UpsampleResult result = upsample(new PerSource(LONG_FROM, 0.7, 0, 4)).execute();

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
    UpsampleResult result = upsample(new PerSource(LONG_FROM, 0.7, 0, 4)).execute();

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

  @Test
  void partitionsAndRowOrderDoNotMatter() {
    Mix mix = new PerSource(LONG_FROM, 0.7, 100_000, 4);
    List<Chosen> first = rows(upsample(mix).execute().selection());
    List<Chosen> second =
        rows(
            UpsampleAction.on(
                    spark, corpus().orderBy(functions.desc("n_tokens")).repartition(7), mix)
                .rankedBy(scores().repartition(2), "prolong")
                .seed(11)
                .execute()
                .selection());

    assertThat(second).isEqualTo(first);
  }

  @Test
  void withoutScoresTheSeedDecides() {
    Mix mix = new PerSource(LONG_FROM, 0.7, 100_000, 4);
    List<Chosen> one = rows(UpsampleAction.on(spark, corpus(), mix).seed(1).execute().selection());
    List<Chosen> two = rows(UpsampleAction.on(spark, corpus(), mix).seed(2).execute().selection());

    assertThat(two).isNotEqualTo(one);
    assertThat((double) tokens(one, c -> true, Chosen::copies)).isCloseTo(100_000, within(2_500.0));
    assertThat((double) tokens(two, c -> true, Chosen::copies)).isCloseTo(100_000, within(2_500.0));
  }

  @Test
  void everyDocumentIsCountedOnceAmongInOutAddedAndDropped() {
    UpsampleResult result = upsample(new PerSource(LONG_FROM, 0.7, 0, 4)).execute();

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
    assertThat(result.cells().figures())
        .containsKeys("rate.book.long", "rate.web.short", "domain-share.before.web")
        .hasEntrySatisfying(
            "long-share.after.web", share -> assertThat(share).isCloseTo(0.7, within(0.02)));
  }

  @Test
  void targetsOutOfReachFailWithEveryCell() {
    assertThatThrownBy(() -> upsample(new PerSource(LONG_FROM, 1, 0, 1)).execute())
        .isInstanceOf(StageFailedException.class)
        .hasMessageContaining("Domain book would have to repeat its 30 long documents")
        .hasMessageContaining("Domain web would have to repeat its 40 long documents")
        .hasMessageContaining("upsample.long-share to at most");
  }

  @Test
  void shrinkCutsToTheLimitAndKeepsTheDomainShares() {
    UpsampleResult result =
        upsample(new PerSource(LONG_FROM, 0.97, 0, 1)).whenInfeasible(Infeasible.SHRINK).execute();

    List<Chosen> chosen = rows(result.selection());
    assertThat(result.plan().infeasible()).hasSize(2);
    assertThat(chosen).allSatisfy(c -> assertThat(c.copies()).isEqualTo(1));
  }

  @Test
  void noDocumentIsCopiedMoreOftenThanTheEpochs() {
    UpsampleResult result =
        upsample(new PerSource(LONG_FROM, 0.7, 10_000_000, 4))
            .whenInfeasible(Infeasible.SHRINK)
            .execute();

    assertThat(rows(result.selection())).allSatisfy(c -> assertThat(c.copies()).isEqualTo(4));
    assertThat(result.counts().added()).containsOnlyKeys("copies");
  }

  @Test
  void domainWithoutLongDocumentsIsNamed() {
    Dataset<Row> tokens = corpus().where("domain = 'book' or n_tokens < 1000");

    assertThatThrownBy(
            () -> UpsampleAction.on(spark, tokens, new PerSource(LONG_FROM, 0.7, 0, 4)).execute())
        .isInstanceOf(StageFailedException.class)
        .hasMessageStartingWith("Domain web has no long documents (from 1000 tokens)");
  }

  @Test
  void documentsWithoutTokensAreNeverChosen() {
    Dataset<Row> tokens =
        spark.sql(
            "select * from values ('a', 'x', 0), ('b', 'x', 5) as t(doc_id, domain, n_tokens)");

    assertThat(
            rows(
                UpsampleAction.on(spark, tokens, new EveryDocumentOnce(LONG_FROM))
                    .execute()
                    .selection()))
        .extracting(Chosen::copies)
        .containsExactly(0, 1);
  }

  @Test
  void emptyCorpusIsNamed() {
    assertThatThrownBy(
            () ->
                UpsampleAction.on(spark, corpus().where("false"), new EveryDocumentOnce(1_000))
                    .execute())
        .isInstanceOf(StageFailedException.class)
        .hasMessageContaining("the corpus has 0 documents and no tokens");
  }

  @Test
  void scorerThatWasNotRunIsNamed() {
    assertThatThrownBy(
            () ->
                UpsampleAction.on(spark, corpus(), new EveryDocumentOnce(LONG_FROM))
                    .rankedBy(scores(), "longfilter")
                    .execute())
        .isInstanceOf(StageFailedException.class)
        .hasMessageContaining("no row of scorer longfilter");
  }

  @Test
  void severalScoresOfOneDocumentAreRefused() {
    assertThatThrownBy(
            () ->
                UpsampleAction.on(spark, corpus(), new EveryDocumentOnce(LONG_FROM))
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
      upsample(new PerSource(LONG_FROM, 0.7, 0, 4)).execute();
      assertThat(spark.sparkContext().getLocalProperty("spark.job.description")).isEqualTo("mine");
      assertThat(kept).containsAll(context.getPersistentRDDs().keySet());
    } finally {
      spark.sparkContext().setJobDescription(null);
    }
  }

  private UpsampleAction upsample(Mix mix) {
    return UpsampleAction.on(spark, corpus(), mix).rankedBy(scores(), "prolong").seed(11);
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
                    row.<Integer>getAs("copies")))
        .sorted(Comparator.comparing(Chosen::id))
        .toList();
  }
}
