package org.longspan.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longspan.length.LengthBorders;
import org.longspan.length.LengthBucket;
import org.longspan.mix.Border;
import org.longspan.mix.Infeasible;
import org.longspan.mix.LongShare;
import org.longspan.mix.Mix;
import org.longspan.mix.Natural;
import org.longspan.mix.PerSource;
import org.longspan.mix.TopScores;
import org.longspan.run.Balance;
import org.longspan.run.Counts;
import org.longspan.testing.LocalSpark;

class UpsampleStageTest {
  private final SparkSession spark = LocalSpark.session();
  private final Map<String, Double> figures = new TreeMap<>();
  private final List<String> said = new ArrayList<>();

  @TempDir Path directory;

  @Test
  void selectionAndDropsAreWrittenAndBalance() {
    Balance balance =
        stage(new PerSource(new LongShare(1_000, 0.5)), 4, Infeasible.FAIL, Border.WHOLE, "prolong")
            .run(context());

    Dataset<Row> selection = spark.read().parquet(path(Tables.SELECTION));
    assertThat(selection.schema().fieldNames())
        .containsExactly(Tables.SELECTION_SCHEMA.fieldNames());
    assertThat(balance.holds()).isTrue();
    assertThat(balance.in()).isEqualTo(new Counts(30, 20 * 100 + 10 * 1_000));
    // Long: 6,000 of 10,000 tokens. Short: 6,000 of 2,000, three copies each.
    assertThat(balance.out()).isEqualTo(new Counts(66, 12_000));
    assertThat(balance.added()).containsEntry("copies", new Counts(40, 4_000));
    assertThat(balance.dropped()).containsEntry("not-selected", new Counts(4, 4_000));
    assertThat(spark.read().parquet(path(Tables.DROPS)).schema().fieldNames())
        .containsExactly(Tables.DROPS_SCHEMA.fieldNames());
    assertThat(spark.read().parquet(path(Tables.DROPS)).select("doc_id").collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactlyInAnyOrder("long-0", "long-1", "long-2", "long-3");
    assertThat(figures)
        .containsEntry("rate.x.short", 3.0)
        .hasEntrySatisfying("rate.x.long", rate -> assertThat(rate).isCloseTo(0.6, within(1e-9)))
        .containsEntry("long-share.after.x", 0.5)
        .containsEntry("domain-share.before.x", 1.0);
  }

  @Test
  void noneTakesEveryDocumentOnce() {
    Balance balance =
        stage(new Natural(), 4, Infeasible.FAIL, Border.WHOLE, "prolong").run(context());

    assertThat(balance).isEqualTo(Balance.unchanged(balance.in()));
    assertThat(figures).containsEntry("rate.x.long", 1.0).containsEntry("rate.x.short", 1.0);
  }

  @Test
  void whatCellsLackIsSaid() {
    stage(
            new PerSource(new LongShare(1_000, 0.95)),
            1,
            Infeasible.RENORMALISE,
            Border.WHOLE,
            "prolong")
        .run(context());

    assertThat(said)
        .anySatisfy(line -> assertThat(line).startsWith("1 cell can not have the tokens"))
        .anySatisfy(line -> assertThat(line).contains("x 1000-2147483647").contains("1,400"));
    assertThat(figures)
        .containsEntry("cells.lacking", 1.0)
        .hasEntrySatisfying(
            "drift.long", drift -> assertThat(drift).isCloseTo(0.95 - 10 / 12.0, within(1e-9)));
  }

  @Test
  void aCutBorderEndsOneDocumentAndListsItsRest() {
    Balance balance =
        stage(new PerSource(new LongShare(1_000, 0.51)), 4, Infeasible.FAIL, Border.CUT, "prolong")
            .run(context());

    // Long: 6,120 of 10,000 tokens, six documents and 120 of the seventh. Short: 5,880 of 2,000,
    // two copies each and 1,880 tokens more, of which the last document gives 80.
    assertThat(balance.holds()).isTrue();
    assertThat(balance.out().tokens()).isEqualTo(12_000);
    assertThat(balance.dropped())
        .containsEntry("border", new Counts(0, 880 + 20))
        .containsEntry("not-selected", new Counts(3, 3_000));
    assertThat(
            spark
                .read()
                .parquet(path(Tables.SELECTION))
                .where("last_copy_tokens is not null")
                .orderBy("n_tokens")
                .select("n_tokens", "copies", "last_copy_tokens")
                .collectAsList())
        .extracting(Row::toString)
        .containsExactly("[100,3,80]", "[1000,1,120]");
    assertThat(
            spark
                .read()
                .parquet(path(Tables.DROPS))
                .where("reason = 'border' and doc_id = 'long-3'")
                .collectAsList())
        .extracting(Row::toString)
        .containsExactly(
            "[long-3,upsample,border,880,Its last copy ends after 120 of 1000 tokens, where domain x has its tokens of the lengths 1000-2147483647.]");
    assertThat(figures)
        .containsEntry("drift.long", 0.0)
        .containsEntry("drift.cell", 0.0)
        .containsEntry("long-share.target.x", 0.51)
        .containsEntry("epochs.x.1000-2147483647", 0.612);
  }

  @Test
  void documentsOfOtherLengthsAreLeftOutFirst() {
    UpsampleSettings settings =
        new UpsampleSettings(
            new Natural(),
            new LengthBorders(List.of()),
            1_000,
            0,
            4,
            Infeasible.FAIL,
            Border.WHOLE,
            LengthBucket.atLeast(500),
            "none",
            new TopScores());

    Balance balance = new UpsampleStage(settings).run(context());

    assertThat(balance.out()).isEqualTo(new Counts(10, 10_000));
    assertThat(balance.dropped()).containsOnly(Map.entry("length", new Counts(20, 2_000)));
    assertThat(spark.read().parquet(path(Tables.DROPS)).where("reason = 'length'").count())
        .isEqualTo(20);
  }

  @Test
  void manyRepeatsAreWarnedOf() {
    stage(new PerSource(new LongShare(1_000, 0.1)), 8, Infeasible.FAIL, Border.WHOLE, "prolong")
        .run(context());

    assertThat(said)
        .anySatisfy(
            line ->
                assertThat(line)
                    .startsWith(
                        "warning: 1 cells are taken more than 4 times, x 0-999 the most, 5.4 times"));
    assertThat(figures).containsEntry("cells.repeated", 1.0);
    assertThat(figures.get("tokens.worth")).isLessThan(12_000);
  }

  @Test
  void identityHoldsEverySetting() {
    assertThat(
            stage(new Natural(), 4, Infeasible.FAIL, Border.WHOLE, "prolong").identity().values())
        .containsExactlyInAnyOrder(
            "Natural[]",
            "[]",
            "1000",
            "0",
            "4.0",
            "fail",
            "WHOLE",
            "0-2147483647",
            "prolong",
            "TopScores[]");
  }

  @Test
  void whatACutLeavesOutIsListedWithItsEdges() {
    Balance balance =
        stage(new Natural(), 4, Infeasible.FAIL, Border.WHOLE, "none")
            .cutting("prolong", 0.2, 0.8, Map.of(), List.of(500), 5)
            .run(context());

    assertThat(balance.holds()).isTrue();
    // All short documents score alike; of the long ones 0, 1, 8 and 9 go.
    assertThat(balance.dropped()).containsOnly(Map.entry("outside-cut", new Counts(4, 4_000)));
    assertThat(
            spark
                .read()
                .parquet(path(Tables.DROPS))
                .orderBy("doc_id")
                .select("doc_id", "stage", "reason", "tokens")
                .collectAsList())
        .extracting(Row::toString)
        .containsExactly(
            "[long-0,upsample,outside-cut,1000]",
            "[long-1,upsample,outside-cut,1000]",
            "[long-8,upsample,outside-cut,1000]",
            "[long-9,upsample,outside-cut,1000]");
    assertThat(figures)
        .containsEntry("cut.x.500-2147483647.low", 2.0)
        .containsEntry("cut.x.500-2147483647.high", 7.0)
        .containsEntry("cut.x.500-2147483647.kept", 6.0)
        .containsEntry("cut.x.0-499.kept", 20.0)
        .containsEntry("domain-share.after.x", 1.0);
  }

  @Test
  void whatEarlierPhasesChoseIsLeftOutAndSharesAreThoseOfTheRest() {
    Balance balance =
        stage(new PerSource(new LongShare(1_000, 0.5)), 4, Infeasible.FAIL, Border.WHOLE, "prolong")
            .after(List.of(new Phase("64k"), new Phase("128k")))
            .run(context());

    assertThat(balance.holds()).isTrue();
    assertThat(balance.in()).isEqualTo(new Counts(30, 12_000));
    assertThat(balance.dropped()).containsEntry("used", new Counts(13, 4_000));
    // 8,000 tokens are left, half of them asked of seven long documents.
    assertThat(balance.out().tokens()).isEqualTo(8_000);
    assertThat(balance.dropped()).containsEntry("not-selected", new Counts(3, 3_000));
    assertThat(
            spark
                .read()
                .parquet(path(Tables.DROPS))
                .where("reason = 'used' and doc_id in ('short-0', 'long-9')")
                .orderBy("doc_id")
                .select("doc_id", "detail")
                .collectAsList())
        .extracting(Row::toString)
        .containsExactly("[long-9,Phase 128k chose it.]", "[short-0,Phase 64k chose it.]");
    assertThat(
            spark
                .read()
                .parquet(path(Tables.SELECTION))
                .where("doc_id in ('short-0', 'long-9') and rate is null and copies = 0")
                .count())
        .isEqualTo(2);
  }

  @Test
  void aCutIsMadeAmongWhatEarlierPhasesLeft() {
    Balance balance =
        stage(new Natural(), 4, Infeasible.FAIL, Border.WHOLE, "none")
            .cutting("prolong", 0.2, 0.8, Map.of(), List.of(500), 5)
            .after(List.of(new Phase("64k"), new Phase("128k")))
            .run(context());

    assertThat(balance.holds()).isTrue();
    assertThat(figures)
        .containsEntry("cut.x.500-2147483647.documents", 7.0)
        .containsEntry("cut.x.0-499.documents", 10.0);
    assertThat(balance.dropped()).containsEntry("used", new Counts(13, 4_000));
    assertThat(balance.out().documents() + balance.dropped().get("outside-cut").documents())
        .isEqualTo(17);
  }

  @Test
  void theSelectionsOfEarlierPhasesAreUpstream() {
    UpsampleStage stage = stage(new Natural(), 4, Infeasible.FAIL, Border.WHOLE, "prolong");

    assertThat(stage.upstream()).containsExactly("tokenize", "score");
    assertThat(stage.after(List.of(new Phase("64k"))).upstream())
        .containsExactly("tokenize", "score", "upsample-64k");
  }

  @Test
  void aCutIsPartOfTheIdentity() {
    UpsampleStage stage = stage(new Natural(), 4, Infeasible.FAIL, Border.WHOLE, "prolong");

    assertThat(stage.cutting("prolong", 0.2, 0.8, Map.of(), List.of(), 5).identity())
        .isNotEqualTo(stage.identity())
        .isNotEqualTo(stage.cutting("prolong", 0.2, 0.9, Map.of(), List.of(), 5).identity())
        .isNotEqualTo(
            stage.cutting("prolong", 0.2, 0.8, Map.of("x", 1.0), List.of(), 5).identity());
  }

  private static UpsampleStage stage(
      Mix mix, double maxEpochs, Infeasible infeasible, Border border, String scorer) {
    return new UpsampleStage(
        new UpsampleSettings(
            mix,
            new LengthBorders(List.of()),
            1_000,
            0,
            maxEpochs,
            infeasible,
            border,
            LengthBucket.atLeast(0),
            scorer,
            new TopScores()));
  }

  private String path(String table) {
    return directory.resolve(table).toString();
  }

  /** Twenty documents of 100 tokens and ten of 1,000, which score by their number. */
  private Dataset<Row> input(String table) {
    String documents =
        "(select concat('short-', id) doc_id, 'x' domain, 100 n_tokens, 0.0d score from range(20)"
            + " union all select concat('long-', id), 'x', 1000, cast(id as double) from range(10))";
    return switch (table) {
      case Tables.TOKENS ->
          spark.sql("select doc_id, domain, n_tokens, array(1, 2) input_ids from " + documents);
      case Tables.SCORES ->
          spark.sql(
              "select doc_id, domain, 'prolong' scorer, 'scored' status, score from " + documents);
      case "64k/selection" ->
          spark.sql(
              "select doc_id, if(doc_id in ('long-0', 'long-1'), 2,"
                  + " if(doc_id rlike '^short-[0-9]$', 1, 0)) copies from "
                  + documents);
      case "128k/selection" ->
          spark.sql(
              "select doc_id, if(doc_id in ('long-9', 'short-0'), 1, 0) copies from " + documents);
      default -> throw new IllegalArgumentException("The stage has no input " + table + ".");
    };
  }

  private StageContext context() {
    return new StageContext() {
      @Override
      public SparkSession spark() {
        return spark;
      }

      @Override
      public long seed() {
        return 11;
      }

      @Override
      public Dataset<Row> table(String name) {
        return input(name);
      }

      @Override
      public Dataset<Row> write(String table, Dataset<Row> rows) {
        rows.write().parquet(path(table));
        return spark.read().parquet(path(table));
      }

      @Override
      public Dataset<Row> writeDrops(Dataset<Row> drops) {
        return write(Tables.DROPS, drops);
      }

      @Override
      public String workPath() {
        return path("work");
      }

      @Override
      public String filesPath(String name) {
        return path(name);
      }

      @Override
      public <T> T describe(String description, Supplier<T> work) {
        return work.get();
      }

      @Override
      public Consumer<String> progress() {
        return said::add;
      }

      @Override
      public void figure(String name, double value) {
        figures.put(name, value);
      }
    };
  }
}
