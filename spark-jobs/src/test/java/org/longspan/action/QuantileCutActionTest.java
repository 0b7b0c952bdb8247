package org.longspan.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.longspan.mix.Natural;
import org.longspan.rank.CutEdges;
import org.longspan.rank.QuantileCut;
import org.longspan.rank.Stratum;
import org.longspan.run.Counts;
import org.longspan.stage.StageFailedException;
import org.longspan.testing.LocalSpark;

/** Ten books of 2,000 tokens that score 0 to 9, three of 5,000, and one without a score. */
class QuantileCutActionTest {
  private static final Stratum BOOKS = new Stratum("book", null);
  private static final Stratum SHORT_BOOKS = new Stratum("book", "1024-2047");
  private static final String DOCUMENTS =
      "(select concat('book-', id) doc_id, 'book' domain, 2000 n_tokens, cast(id as double) score from range(10)"
          + " union all select concat('long-', id), 'book', 5000, cast(8.5 + id as double) from range(3)"
          + " union all select 'none', 'book', 2000, null)";

  private final SparkSession spark = LocalSpark.session();

  @Test
  void bothEndsOfEachGroupAreOutside() {
    QuantileCutResult found = cut(0.2, 0.8, 3);

    assertThat(ids(found.outside()))
        .containsExactly("book-0", "book-1", "book-8", "book-9", "long-0", "long-2");
    assertThat(found.edges())
        .containsExactly(
            entry(SHORT_BOOKS, new CutEdges(10, 6, 2, 7)),
            entry(new Stratum("book", "4096-8191"), new CutEdges(3, 1, 9.5, 9.5)));
    assertThat(found.unscored()).isEqualTo(1);
    assertThat(found.outside().where("doc_id = 'book-9'").first().<String>getAs("detail"))
        .isEqualTo(
            "Its score of 9.00000 by prolong is not from 2.00000 to 7.00000, where quantiles 0.2 and 0.8 of the 10 documents that it is compared with lie.");
  }

  @Test
  void aSmallGroupIsCutAsPartOfItsDomain() {
    QuantileCutResult found = cut(0.2, 1, 4);

    // Of all thirteen books 0, 1 and 2 are lowest, with ranks 1/26, 3/26 and 5/26.
    assertThat(ids(found.outside())).containsExactly("book-0", "book-1");
    assertThat(found.edges())
        .containsExactly(
            entry(BOOKS, new CutEdges(13, 10, 3, 10.5)),
            entry(SHORT_BOOKS, new CutEdges(10, 8, 2, 9)));
    assertThat(found.figures())
        .containsEntry("cut.unscored", 1.0)
        .containsEntry("cut.book.4096-8191.documents", 3.0)
        .containsEntry("cut.book.4096-8191.level", 1.0)
        .containsEntry("cut.book.4096-8191.compared", 13.0)
        .containsEntry("cut.book.4096-8191.low", 3.0)
        .containsEntry("cut.book.1024-2047.low", 2.0)
        .containsEntry("cut.book.1024-2047.level", 0.0);
  }

  @Test
  void aDomainWithAThresholdIsCutThereAndComparedWithNone() {
    Dataset<Row> more =
        tokens()
            .union(
                spark.sql(
                    "select concat('page-', id), 'web', 2000 from range(4) union all select 'unscored', 'web', 2000"));
    Dataset<Row> scored =
        scores()
            .union(
                spark.sql(
                    "select concat('page-', id), 'prolong', cast(id as double) / 10 from range(4)"));

    QuantileCutResult found =
        QuantileCutAction.on(spark, scored, more, "prolong", new QuantileCut(0.2, 1))
            .thresholds(Map.of("web", 0.2))
            .minGroup(100)
            .execute();

    // Of the thirteen books 0, 1 and 2 are lowest, as without the pages.
    assertThat(ids(found.outside()))
        .containsExactly("book-0", "book-1", "book-2", "page-0", "page-1");
    assertThat(found.outside().where("doc_id = 'page-1'").first().<String>getAs("detail"))
        .isEqualTo(
            "Its score of 0.100000 by prolong is below 0.2, the threshold of the domain web.");
    assertThat(found.figures())
        .containsEntry("cut.web.threshold", 0.2)
        .containsEntry("cut.unscored", 2.0)
        .doesNotContainKey("cut.web.1024-2047.low");
  }

  @Test
  void whereEveryDomainHasAThresholdNothingIsRanked() {
    QuantileCutResult found =
        QuantileCutAction.on(spark, scores(), tokens(), "prolong", new QuantileCut(0, 1))
            .thresholds(Map.of("book", 8.5))
            .execute();

    assertThat(ids(found.outside())).hasSize(9).doesNotContain("book-9", "long-0");
    assertThat(found.edges()).isEmpty();
  }

  @Test
  void aThresholdOfADomainWithoutDocumentsIsNamed() {
    assertThatThrownBy(
            () ->
                QuantileCutAction.on(spark, scores(), tokens(), "prolong", new QuantileCut(0, 1))
                    .thresholds(Map.of("boook", 8.5))
                    .execute())
        .isInstanceOf(StageFailedException.class)
        .hasMessageContaining("thresholds for domains that no document has: boook");
  }

  @Test
  void whatIsOutsideIsNotChosenAndListed() {
    QuantileCutResult found = cut(0.2, 0.8, 3);

    UpsampleResult chosen = UpsampleAction.on(spark, tokens(), new Natural()).cut(found).execute();

    assertThat(ids(chosen.selection().where("copies = 0 and rate is null")))
        .isEqualTo(ids(found.outside()));
    assertThat(chosen.selection().where("copies = 1 and rate = 1").count()).isEqualTo(8);
    assertThat(chosen.counts().holds()).isTrue();
    assertThat(chosen.counts().in()).isEqualTo(new Counts(14, 11 * 2_000 + 3 * 5_000));
    assertThat(chosen.counts().dropped())
        .containsExactly(entry("outside-cut", new Counts(6, 4 * 2_000 + 2 * 5_000)));
    assertThat(ids(chosen.drops())).isEqualTo(ids(found.outside()));
    assertThat(chosen.plan().tokens()).isEqualTo(7 * 2_000 + 5_000);
  }

  @Test
  void equalScoresAreKeptOrCutTogether() {
    QuantileCutResult found =
        QuantileCutAction.on(
                spark,
                scores().selectExpr("doc_id", "scorer", "score * 0 as score"),
                tokens(),
                "prolong",
                new QuantileCut(0.2, 1))
            .execute();

    assertThat(found.outside().isEmpty()).isTrue();
  }

  @Test
  void aCutThatLeavesNothingIsNamed() {
    Dataset<Row> one = tokens().where("doc_id = 'book-3'");
    QuantileCutResult found =
        QuantileCutAction.on(spark, scores(), one, "prolong", new QuantileCut(0.6, 1)).execute();

    assertThatThrownBy(() -> UpsampleAction.on(spark, one, new Natural()).cut(found).execute())
        .isInstanceOf(StageFailedException.class)
        .hasMessageContaining("The cut from 0.6 to 1.0 leaves none of the 1 documents");
  }

  @Test
  void aScorerThatWasNotRunIsNamed() {
    assertThatThrownBy(
            () ->
                QuantileCutAction.on(
                        spark, scores(), tokens(), "longfilter", new QuantileCut(0, 0.5))
                    .execute())
        .isInstanceOf(StageFailedException.class)
        .hasMessageContaining("no row of scorer longfilter");
  }

  private QuantileCutResult cut(double from, double to, long minGroup) {
    return QuantileCutAction.on(spark, scores(), tokens(), "prolong", new QuantileCut(from, to))
        .minGroup(minGroup)
        .execute();
  }

  private Dataset<Row> tokens() {
    return spark.sql("select doc_id, domain, n_tokens from " + DOCUMENTS);
  }

  private Dataset<Row> scores() {
    return spark.sql("select doc_id, 'prolong' scorer, score from " + DOCUMENTS);
  }

  private static List<String> ids(Dataset<Row> rows) {
    return rows.select("doc_id").orderBy("doc_id").collectAsList().stream()
        .map(row -> row.getString(0))
        .toList();
  }
}
