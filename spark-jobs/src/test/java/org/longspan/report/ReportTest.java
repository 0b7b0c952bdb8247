package org.longspan.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.longspan.action.ScheduledLane;
import org.longspan.length.LengthBucket;
import org.longspan.run.Balance;
import org.longspan.run.Counts;
import org.longspan.stage.Tables;
import org.longspan.testing.LocalSpark;
import org.longspan.tokenizer.Tokenizer;

class ReportTest {
  private final SparkSession spark = LocalSpark.session();

  @Test
  void factsComeFromTheTables() {
    Facts facts = facts();

    PhaseFacts phase = facts.phases().get(0);
    assertThat(phase.domains()).extracting(PhaseFacts.Domain::name).containsExactly("book", "web");
    PhaseFacts.Domain book = phase.domains().get(0);
    assertThat(book.longShareBefore()).isCloseTo(4096 / 5096.0, within(1e-12));
    assertThat(book.longShareAfter()).isEqualTo(1.0);
    assertThat(phase.domainShareBefore(book)).isCloseTo(5096 / 5596.0, within(1e-12));
    assertThat(phase.lengths())
        .contains(new PhaseFacts.LengthCell("book", LengthBucket.parse("4096-8191"), 4096, 8192))
        .contains(new PhaseFacts.LengthCell("book", LengthBucket.parse("512-1023"), 1000, 0));
    assertThat(phase.beyond())
        .contains(
            new PhaseFacts.Beyond("book", 4096, 0, 0), new PhaseFacts.Beyond("web", 4096, 0, 0));
    assertThat(facts.scoreStatuses()).containsEntry("scored", 2L).containsEntry("too-short", 1L);
    assertThat(facts.scoreBins().stream().mapToLong(Facts.ScoreBin::documents).sum()).isEqualTo(2);
    assertThat(facts.others())
        .singleElement()
        .satisfies(
            other -> {
              assertThat(other.scorer()).isEqualTo("compressibility");
              assertThat(other.statuses()).containsExactly(Map.entry("scored", 2L));
              assertThat(other.bins().stream().mapToLong(Facts.ScoreBin::documents).sum())
                  .isEqualTo(2);
            });
    assertThat(facts.extremes()).hasSize(4);
    assertThat(facts.extremes().get(0).document()).isEqualTo("a");
    assertThat(facts.extremes().get(0).excerpt()).startsWith("A whale");
    assertThat(facts.linked())
        .as("only documents that are told, and only where there is a link")
        .singleElement()
        .satisfies(
            linked -> {
              assertThat(linked.document()).isEqualTo("a");
              assertThat(linked.scorer()).isEqualTo("prolong");
              assertThat(linked.tokens()).isGreaterThan(4);
              assertThat(linked.links()).extracting(Facts.Link::strength).containsExactly(1.5, 0.5);
              assertThat(linked.links().get(0).earlierWords()).isEqualTo("A whale");
              assertThat(linked.links().get(0).words()).startsWith("<");
            });
    assertThat(phase.fill()).isCloseTo(1 - 2 / 8.0, within(1e-12));
    assertThat(facts.schedule().steps()).isEqualTo(3);
    assertThat(facts.schedule().imbalance()).isCloseTo(60 / 50.0, within(1e-12));
    assertThat(facts.schedule().lanes())
        .containsExactly(
            new ScheduledLane("long", 8, 1, 1, 64, 64),
            new ScheduledLane("short", 4, 2, 4, 60, 50));
    assertThat(facts.schedule().turns())
        .containsExactly(
            new Facts.Turn(0.5, "short.4", 1),
            new Facts.Turn(1.5, "long.8", 1),
            new Facts.Turn(2.5, "short.4", 1));
    assertThat(facts.drops())
        .containsExactly(new Facts.Dropped("upsample", "not-selected", 1, 1000));
    assertThat(facts.quarantine()).containsEntry("broken-json", 1L);
  }

  @Test
  void thePageNeedsNoNetworkAndEscapesText() {
    Balance balance = Balance.of(new Counts(3, 5596), Map.of(), new Counts(3, 5596), Map.of());
    String page =
        new HtmlReport(
                "out/<b>",
                "Longspan 0.1.0",
                "longspan {}",
                List.of(
                    new StageFacts("score", true, 1.25, balance, Map.of("shards", 3.0)),
                    new StageFacts(
                        "upsample",
                        false,
                        1,
                        balance,
                        Map.of("domain-share.target.book", 0.9, "drift.domain", 0.0423))),
                facts())
            .render();

    assertThat(page).contains("out/&lt;b&gt;").contains("&lt;script&gt;").doesNotContain("<script");
    assertThat(page).contains("<svg").contains("not-selected").contains("score (reused)");
    assertThat(page)
        .contains("Why they scored")
        .contains("<h3>a, number 1 of the best and number 2 of the worst</h3>")
        .contains("The 2 strongest links of a over its")
        .contains("<td class=\"text\">A whale</td>")
        .contains("<td class=\"text\">&lt;script&gt;</td>");
    assertThat(page)
        .contains("At most 4.23 points of a domain")
        .contains("<td>91.1 %</td><td>90.0 %</td><td>94.2 %</td>")
        .contains("<td>book</td><td>4096-8191</td><td>4,096</td><td>8,192</td>");
    assertThat(page)
        .contains("Sequence lengths along the training")
        .contains("<td>short</td><td>4</td><td>2</td><td>4</td><td>16</td><td>50</td>")
        .contains("<td>1.200</td>");
    assertThat(page)
        .contains("<h2>Relatedness</h2>")
        .contains("<td>book</td><td>0.250</td><td>0.125</td><td></td><td></td><td>5.0 %</td>")
        .contains("the neighbour of 2,100, and 30.0 % of the edges")
        .contains("<td>8</td><td>100</td><td>12.5 %</td><td>1.150</td>");
    assertThat(page).contains("Scores: prolong").contains("Scores: compressibility");
    assertThat(page.replace("http://www.w3.org/", "")).doesNotContain("http");
  }

  @Test
  void aRunThatStoppedEarlyHasAReportToo() {
    Facts facts =
        new FactsReader(name -> Optional.empty(), "prolong", "builtin:starter")
            .read(List.of(new PhaseReader(name -> Optional.empty(), "", 4096).read()));
    String page = new HtmlReport("out", "Longspan 0.1.0", "longspan {}", List.of(), facts).render();
    assertThat(page).contains("No document was dropped.");
  }

  @Test
  void linksAreDrawnWhereTheModelsTokenizerIsNotAtHandToo() {
    Facts facts = facts("/nowhere");

    Facts.Linked linked = facts.linked().get(0);
    assertThat(linked.tokens()).isEqualTo(linked.links().get(0).end());
    assertThat(linked.links().get(0).words()).isEmpty();
    assertThat(new HtmlReport("out", "Longspan 0.1.0", "longspan {}", List.of(), facts).render())
        .contains("Why they scored");
  }

  private Facts facts() {
    return facts("builtin:starter");
  }

  private Facts facts(String tokenizer) {
    int whale = Tokenizer.load("builtin:starter").encode("A whale").length;
    Map<String, Dataset<Row>> tables =
        Map.of(
            Tables.LINKS,
            rows(
                Tables.LINKS_SCHEMA,
                RowFactory.create("a", "prolong", 1, 3, 4, 0, 1, 0.5, 3),
                RowFactory.create("a", "prolong", 0, whale, whale + 9, 0, whale, 1.5, whale),
                RowFactory.create("b", "prolong", 0, 3, 4, 0, 1, 9.5, 3)),
            Tables.SELECTION,
            rows(
                Tables.SELECTION_SCHEMA,
                RowFactory.create("a", "book", "4096-8191", 4096, 2.5, 2.0, 2, null),
                RowFactory.create("b", "book", "512-1023", 1000, null, 0.0, 0, null),
                RowFactory.create("c", "web", "256-511", 500, -1.0, 1.0, 1, null)),
            Tables.TOKENS,
            rows(
                Tables.TOKENS_SCHEMA,
                RowFactory.create("a", "book", 4096, new Integer[] {1}),
                RowFactory.create("c", "web", 500, new Integer[] {1})),
            Tables.DOCUMENTS,
            rows(
                Tables.DOCUMENTS_SCHEMA,
                RowFactory.create("a", "book", "s", "A whale <script>", 16L, "", null, null, null),
                RowFactory.create("c", "web", "s", "A page", 6L, "", null, null, null)),
            Tables.SCORES,
            rows(
                Tables.SCORES_SCHEMA,
                score("a", "book", "scored", 2.5),
                score("b", "book", "too-short", null),
                score("c", "web", "scored", -1.0),
                RowFactory.create(
                    "a", "book", "compressibility", "scored", 0.3, Map.of(), new Double[0], null),
                RowFactory.create(
                    "c", "web", "compressibility", "scored", 0.4, Map.of(), new Double[0], null)),
            Tables.SEQUENCES,
            rows(
                Tables.SEQUENCES_SCHEMA,
                RowFactory.create(
                    0L,
                    new Integer[] {1, 2, 3, 4, 5, 6, 0, 0},
                    new Row[] {
                      RowFactory.create("a", 0, 0, 6, "body"),
                      RowFactory.create(null, null, 0, 2, "pad")
                    },
                    new Integer[] {6, 2},
                    null,
                    new Integer[] {6, 2},
                    0.5,
                    "splice",
                    new String[] {"book"})),
            Tables.RELATEDNESS,
            rows(
                Tables.RELATEDNESS_SCHEMA,
                RowFactory.create("within-row", "book", null, 0.25, 9L),
                RowFactory.create("across-rows", "book", null, 0.125, 8L),
                RowFactory.create("near-duplicates", "book", null, 0.05, 20L),
                RowFactory.create("in-degree", null, 0L, 0.9, 90L),
                RowFactory.create("in-degree", null, 2048L, 0.1, 10L),
                RowFactory.create("most-edges", null, null, 2100.0, 9000L),
                RowFactory.create("edges-to-top", null, null, 0.3, 9000L),
                RowFactory.create("exposure", "book", 0L, 0.5, 100L),
                RowFactory.create("exposure", "book", 8L, 0.5, 100L),
                RowFactory.create("exposure", "web", 0L, 1.0, 600L),
                RowFactory.create("exposure-unmasked", "book", 0L, 1.0, 200L),
                RowFactory.create("exact-weight", null, 8L, 1.15, 100L)),
            Tables.SCHEDULE,
            rows(
                Tables.SCHEDULE_SCHEMA,
                RowFactory.create(0L, "short", 4, new Long[] {1L, 3L}, 40L, null),
                RowFactory.create(1L, "long", 8, new Long[] {0L}, 64L, null),
                RowFactory.create(2L, "short", 4, new Long[] {0L, 2L}, 60L, null)),
            Tables.DROPS,
            rows(
                Tables.DROPS_SCHEMA,
                RowFactory.create("b", "upsample", "not-selected", 1000L, null)),
            Tables.QUARANTINE,
            rows(Tables.QUARANTINE_SCHEMA, RowFactory.create("x.jsonl", 3L, "broken-json", "{")));
    Function<String, Optional<Dataset<Row>>> byName = name -> Optional.ofNullable(tables.get(name));
    return new FactsReader(byName, "prolong", tokenizer)
        .read(List.of(new PhaseReader(byName, "", 4096).read()));
  }

  private static Row score(String id, String domain, String status, Double score) {
    return RowFactory.create(id, domain, "prolong", status, score, Map.of(), new Double[0], null);
  }

  private Dataset<Row> rows(StructType schema, Row... rows) {
    return spark.createDataFrame(Arrays.asList(rows), schema);
  }
}
