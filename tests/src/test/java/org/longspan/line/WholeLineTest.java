package org.longspan.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class WholeLineTest {
  private static final int LENGTH = 8192;
  private static SmallRun run;

  @BeforeAll
  static void runTheLine() {
    run = SmallRun.on("local[2]");
  }

  @Test
  void theTerminalShowsEveryStageTheTableAndTheReport() {
    assertThat(run.printed())
        .contains("ingest    done", "tokenize  done", "score     done", "upsample  done")
        .contains("relate    done", "pack      done", "schedule  done", "export    done")
        .contains("code", "manual", "parliament", "play", "sequences", "filled")
        .contains("report.html");
  }

  @Test
  void theManifestBalancesEveryStage() throws Exception {
    JsonNode manifest = new ObjectMapper().readTree(run.output().resolve("manifest.json").toFile());

    assertThat(manifest.path("seed").asLong()).isEqualTo(11);
    assertThat(manifest.path("configuration").path("pack").path("sequence-length").asInt())
        .isEqualTo(LENGTH);
    assertThat(manifest.path("stages")).hasSize(9);
    for (JsonNode stage : manifest.path("stages")) {
      JsonNode balance = stage.path("balance");
      for (String unit : List.of("documents", "tokens")) {
        long left = balance.path("in").path(unit).asLong() + sum(balance.path("added"), unit);
        long right = balance.path("out").path(unit).asLong() + sum(balance.path("dropped"), unit);
        assertThat(left).as("%s of %s", unit, stage.path("stage").asText()).isEqualTo(right);
      }
    }
  }

  @Test
  void everySequenceIsReadByOneStepOrListedAsLeft() {
    List<Long> read = new ArrayList<>();
    for (Row step : table("schedule").orderBy("step").collectAsList()) {
      List<Long> ids = step.getList(3);
      assertThat(ids).hasSize(4);
      assertThat(step.<Double>getList(5).stream().mapToDouble(weight -> weight).sum())
          .isCloseTo(4, within(1e-9));
      read.addAll(ids);
    }

    table("drops")
        .where("stage = 'schedule'")
        .select("detail")
        .distinct()
        .collectAsList()
        .forEach(row -> read.add(Long.parseLong(row.getString(0).replace("sequence ", ""))));
    assertThat(read)
        .hasSizeGreaterThan(8)
        .containsExactlyInAnyOrderElementsOf(
            LongStream.range(0, table("sequences").count()).boxed().toList());
  }

  @Test
  void everyTokenOfEveryChosenCopyStandsInTheSequencesExactlyOnce() {
    Map<String, int[]> tokens = new TreeMap<>();
    for (Row row : table("tokens").select("doc_id", "input_ids").collectAsList()) {
      tokens.put(row.getString(0), ints(row.getList(1)));
    }

    Map<String, int[]> placed = new TreeMap<>();
    for (Row row : table("selection").select("doc_id", "n_tokens", "copies").collectAsList()) {
      for (int copy = 0; copy < row.getInt(2); copy++) {
        int[] unset = new int[row.getInt(1)];
        Arrays.fill(unset, -1);
        placed.put(row.getString(0) + "#" + copy, unset);
      }
    }

    for (Row row : table("sequences").select("input_ids", "spans", "seq_lengths").collectAsList()) {
      int[] ids = ints(row.getList(0));
      assertThat(ids).hasSize(LENGTH);
      assertThat(IntStream.of(ints(row.getList(2))).sum()).isEqualTo(LENGTH);
      int at = 0;
      for (Row span : row.<Row>getList(1)) {
        int start = span.getAs("start");
        int end = span.getAs("end");
        if (span.getAs("role").equals("body")) {
          int[] copy = placed.get(span.getAs("doc_id") + "#" + span.<Integer>getAs("copy"));
          for (int t = start; t < end; t++) {
            assertThat(copy[t]).isEqualTo(-1);
            copy[t] = ids[at + t - start];
          }
        }

        at += end - start;
      }

      assertThat(at).isEqualTo(LENGTH);
    }

    assertThat(placed).isNotEmpty();
    placed.forEach(
        (copy, ids) ->
            assertThat(ids)
                .as(copy)
                .isEqualTo(tokens.get(copy.substring(0, copy.lastIndexOf('#')))));
  }

  @Test
  void domainsKeepTheirSharesAndLongDocumentsGain() {
    List<Row> shares =
        table("selection")
            .selectExpr(
                "domain",
                "cast(n_tokens as bigint) n",
                "cast(n_tokens as bigint) * copies c",
                "n_tokens >= 8192 as far")
            .groupBy("domain")
            .agg(
                org.apache.spark.sql.functions.sum("n"),
                org.apache.spark.sql.functions.sum("c"),
                org.apache.spark.sql.functions.expr("sum(if(far, n, 0))"),
                org.apache.spark.sql.functions.expr("sum(if(far, c, 0))"))
            .collectAsList();
    double before = shares.stream().mapToLong(r -> r.getLong(1)).sum();
    double after = shares.stream().mapToLong(r -> r.getLong(2)).sum();

    assertThat(shares).hasSize(4);
    for (Row share : shares) {
      // A document or two of 25,000 tokens is what the border of a domain may miss.
      assertThat(share.getLong(2) / after)
          .as(share.getString(0))
          .isCloseTo(share.getLong(1) / before, org.assertj.core.api.Assertions.within(0.03));
    }

    Row manual = shares.stream().filter(r -> r.getString(0).equals("manual")).findFirst().get();
    assertThat(manual.getLong(4) / (double) manual.getLong(2))
        .isGreaterThan(manual.getLong(3) / (double) manual.getLong(1));
  }

  @Test
  void documentsAreScoredOrSayWhyNot() {
    List<Row> statuses = table("scores").groupBy("status").count().collectAsList();

    assertThat(statuses).extracting(r -> r.getString(0)).contains("scored", "too-short");
    assertThat(table("scores").where("status = 'scored' and score is null").count()).isZero();
    assertThat(table("scores").where("status <> 'scored' and score is not null").count()).isZero();
    assertThat(table("scores").where("status <> 'scored' and error is null").count()).isZero();
    assertThat(table("scores").where("status = 'failed'").count()).isZero();
  }

  @Test
  void linksReachFarBackInsideOfScoredDocuments() {
    var links = table("links");

    assertThat(links.count()).isPositive();
    assertThat(
            links
                .join(table("scores").where("status = 'scored'").select("doc_id"), "doc_id")
                .join(table("tokens").select("doc_id", "n_tokens"), "doc_id")
                .where("end <= n_tokens and earlier_start >= 0 and distance >= 1024")
                .count())
        .isEqualTo(links.count());
  }

  @Test
  void aSecondRunReusesEveryStageAndChangesNothing() throws Exception {
    var before = Content.of(run.output());
    Command.Finished again = SmallRun.command(run.output(), "local[2]").run();

    assertThat(again.exitCode()).as(again.output()).isZero();
    assertThat(again.output())
        .contains("ingest    reused", "tokenize  reused", "score     reused", "upsample  reused")
        .contains("relate    reused", "pack      reused", "export    reused");
    assertThat(Content.of(run.output())).isEqualTo(before);
  }

  @Test
  void theReportIsOneFileWithoutNetworkThatShowsTheBestAndWorst() throws Exception {
    String page = Files.readString(run.output().resolve("report.html"));

    assertThat(page).contains("<svg", "Best scored documents", "Worst scored documents");
    assertThat(page).contains("Why they scored", "strongest links of");
    assertThat(page.replace("http://www.w3.org/", "")).doesNotContain("src=", "href=", "@import");
  }

  @Test
  void huggingFaceDatasetsReadsTheParquetTokenForToken() throws Exception {
    List<JsonNode> rows =
        Python.lines("read_parquet.py", run.output().resolve("export/parquet").toString());

    Map<Long, int[]> sequences = sequences();
    assertThat(rows).hasSize(sequences.size());
    for (JsonNode row : rows) {
      assertThat(ints(row.path("input_ids")))
          .isEqualTo(sequences.get(row.path("sequence_id").asLong()));
    }
  }

  @Test
  void megatronCoreReadsTheBinaryTokenForToken() throws Exception {
    List<JsonNode> rows =
        Python.lines("read_megatron.py", run.output().resolve("export/megatron").toString());

    List<int[]> sequences = new ArrayList<>(sequences().values());
    assertThat(rows).hasSize(sequences.size());
    for (int i = 0; i < rows.size(); i++) {
      assertThat(ints(rows.get(i))).isEqualTo(sequences.get(i));
    }
  }

  private static Map<Long, int[]> sequences() {
    Map<Long, int[]> sequences = new TreeMap<>();
    for (Row row : table("sequences").select("sequence_id", "input_ids").collectAsList()) {
      sequences.put(row.getLong(0), ints(row.getList(1)));
    }

    return sequences;
  }

  private static Dataset<Row> table(String name) {
    Path path = run.output().resolve(name);
    return Session.spark().read().parquet(path.toString());
  }

  private static int[] ints(List<Integer> values) {
    return values.stream().mapToInt(Integer::intValue).toArray();
  }

  private static int[] ints(JsonNode values) {
    int[] ints = new int[values.size()];
    for (int i = 0; i < ints.length; i++) {
      ints[i] = values.get(i).asInt();
    }

    return ints;
  }

  private static long sum(JsonNode byReason, String unit) {
    long sum = 0;
    for (JsonNode counts : byReason) {
      sum += counts.path(unit).asLong();
    }

    return sum;
  }
}
