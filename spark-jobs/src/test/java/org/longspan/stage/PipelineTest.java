package org.longspan.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longspan.conf.ConfigurationException;
import org.longspan.run.BadInputException;
import org.longspan.run.Balance;
import org.longspan.run.Counts;
import org.longspan.run.Manifest;
import org.longspan.run.RunDirectory;
import org.longspan.run.RunIdentity;
import org.longspan.run.RunResult;
import org.longspan.run.RunWriter;
import org.longspan.testing.LocalSpark;

/** Two stages: ingest makes three documents and drops one, tokenize gives each two tokens. */
class PipelineTest {
  private static final SparkSession SPARK = LocalSpark.session();
  private static final Balance INGESTED =
      Balance.of(
          new Counts(4, 0), Map.of(), new Counts(3, 0), Map.of("duplicate", new Counts(1, 0)));

  @TempDir private Path folder;
  private Path output;
  private final List<String> terminal = new ArrayList<>();

  @BeforeEach
  void chooseOutput() {
    output = folder.resolve("out");
  }

  @Test
  void aSecondRunReusesEverything() {
    run(ingest("a"), tokenize());
    assertThat(lines())
        .containsExactly(
            "ingest    done in S s, 3 documents, 1 dropped",
            "tokenize  done in S s, 3 documents, 6 tokens");

    RunResult second = run(ingest("a"), tokenize());

    assertThat(lines()).containsExactly("ingest    reused", "tokenize  reused");
    assertThat(second.stages())
        .extracting(report -> report.stage() + " " + report.outcome())
        .containsExactly("ingest REUSED", "tokenize REUSED");
    assertThat(read("documents").count()).isEqualTo(3);
  }

  @Test
  void tablesHaveTheirDeclaredColumnsAndDropsIsOneTableOfAllStages() {
    run(ingest("a"), tokenize());

    assertThat(read("documents").columns()).isEqualTo(Tables.DOCUMENTS_SCHEMA.fieldNames());
    assertThat(read("tokens").columns()).isEqualTo(Tables.TOKENS_SCHEMA.fieldNames());
    assertThat(read("drops").columns()).isEqualTo(Tables.DROPS_SCHEMA.fieldNames());
    assertThat(read("drops").collectAsList())
        .extracting(row -> row.<String>getAs("stage") + " " + row.getAs("doc_id"))
        .containsExactly("ingest 3");
    assertThat(dropsFiles()).anyMatch(name -> name.startsWith("tokenize."));
  }

  @Test
  void aChangedValueRunsItsStageAndThoseDownstream() {
    run(ingest("a"), tokenize());
    run(ingest("a"), tokenize().identity(Map.of("tokenizer", "other")));
    assertThat(outcomes()).containsExactly("ingest reused", "tokenize done");

    run(ingest("b"), tokenize().identity(Map.of("tokenizer", "other")));
    assertThat(outcomes()).containsExactly("ingest done", "tokenize done");
    assertThat(read("drops").count()).isEqualTo(1);
  }

  @Test
  void aStageThatIsGoneTakesItsTablesAlong() {
    run(ingest("a"), tokenize());

    run(ingest("a"));

    assertThat(lines())
        .containsExactly(
            "tokenize  removed: the configuration has no such stage any more", "ingest    reused");
    assertThat(output.resolve("tokens")).doesNotExist();
    assertThat(dropsFiles()).noneMatch(name -> name.startsWith("tokenize."));
  }

  @Test
  void aDeletedTableIsMadeAgain() throws IOException {
    run(ingest("a"), tokenize());
    delete(output.resolve("tokens"));

    run(ingest("a"), tokenize());

    assertThat(outcomes()).containsExactly("ingest reused", "tokenize done");
    assertThat(read("tokens").count()).isEqualTo(3);
  }

  @Test
  void tablesWithoutACommitRecordAreNotReused() throws IOException {
    run(ingest("a"), tokenize());
    Files.delete(output.resolve("_longspan/commits/tokenize.json"));

    run(ingest("a"), tokenize());

    assertThat(outcomes()).containsExactly("ingest reused", "tokenize done");
    assertThat(read("tokens").count()).isEqualTo(3);
  }

  @Test
  void toStopsAndTheManifestSaysWhatIsStale() {
    run(ingest("a"), tokenize());
    RunResult result = run(StageRange.all().to("ingest"), ingest("b"), tokenize());

    assertThat(outcomes()).containsExactly("ingest done");
    assertThat(result.stages()).hasSize(1);
    assertThat(manifest()).contains("\"outcome\" : \"ran\"", "\"outcome\" : \"stale\"");
    assertThat(read("tokens").count()).isEqualTo(3);
  }

  @Test
  void fromRunsAgainWhatIsCommitted() {
    run(ingest("a"), tokenize());
    run(StageRange.all().from("tokenize"), ingest("a"), tokenize());

    assertThat(outcomes()).containsExactly("ingest reused", "tokenize done");
  }

  @Test
  void aBreachOfTheLawFailsWithItsNumbersAndKeepsWhatWasBefore() {
    Toy leaking =
        tokenize()
            .work(
                context -> {
                  context.write(Tables.TOKENS, tokens(context));
                  return Balance.of(new Counts(3, 0), Map.of(), new Counts(2, 4), Map.of());
                });

    assertThatThrownBy(() -> run(ingest("a"), leaking))
        .isInstanceOf(StageFailedException.class)
        .hasMessage(
            "Stage tokenize failed: What went in did not come out: in 3 documents with 0 tokens,"
                + " but out 2 documents with 4 tokens. The finished stages are kept (ingest) and"
                + " will be reused.");
    assertThat(output.resolve("tokens")).doesNotExist();
    assertThat(output.resolve("_longspan/staging/tokenize")).doesNotExist();

    run(ingest("a"), tokenize());
    assertThat(outcomes()).containsExactly("ingest reused", "tokenize done");
  }

  @Test
  void dropsThatAreNotListedFail() {
    Toy silent =
        ingest("a")
            .work(
                context -> {
                  context.write(Tables.DOCUMENTS, documents(3));
                  context.write(Tables.QUARANTINE, quarantine(0));
                  return INGESTED;
                });

    assertThatThrownBy(() -> run(silent))
        .hasMessageContaining("1 documents with 0 tokens dropped as duplicate")
        .hasMessageContaining("the drops table lists 0 documents");
  }

  @Test
  void dropsOfPartsOfDocumentsCountTokensAlone() {
    Toy cutting =
        tokenize()
            .work(
                context -> {
                  context.write(Tables.TOKENS, tokens(context));
                  context.writeDrops(
                      SPARK.sql(
                          "select '0' doc_id, 'tokenize' stage, 'cap' reason, 5L tokens,"
                              + " cast(null as string) detail"));
                  return Balance.of(
                      new Counts(3, 0),
                      Map.of("tokens", new Counts(0, 11)),
                      new Counts(3, 6),
                      Map.of("cap", new Counts(0, 5)));
                });

    run(ingest("a"), cutting);
    assertThat(outcomes()).containsExactly("ingest done", "tokenize done");
  }

  @Test
  void dropsOfAnotherStageFail() {
    Toy mistaken =
        ingest("a")
            .work(
                context -> {
                  context.write(Tables.DOCUMENTS, documents(3));
                  context.write(Tables.QUARANTINE, quarantine(0));
                  context.writeDrops(drops("pack"));
                  return INGESTED;
                });

    assertThatThrownBy(() -> run(mistaken)).hasMessageContaining("rows of stage pack");
  }

  @Test
  void otherColumnsThanTheTablesFail() {
    Toy wrong =
        ingest("a")
            .work(
                context -> {
                  context.write(
                      Tables.DOCUMENTS,
                      documents(3).drop("meta").withColumnRenamed("chars", "length"));
                  return INGESTED;
                });

    assertThatThrownBy(() -> run(wrong))
        .hasMessageContaining("gives the table documents without chars; without meta;")
        .hasMessageContaining("with length, which is no column of it");
  }

  @Test
  void columnsInAnotherOrderArePutInOrder() {
    Toy shuffled =
        ingest("a")
            .work(
                context -> {
                  context.write(
                      Tables.DOCUMENTS,
                      documents(3)
                          .select(
                              "meta", "text", "doc_id", "domain", "source", "chars", "sha256",
                              "path", "repo"));
                  context.write(Tables.QUARANTINE, quarantine(0));
                  context.writeDrops(drops("ingest"));
                  return INGESTED;
                });

    run(shuffled);
    assertThat(read("documents").columns()).isEqualTo(Tables.DOCUMENTS_SCHEMA.fieldNames());
  }

  @Test
  void aTableThatIsNotWrittenFails() {
    assertThatThrownBy(() -> run(ingest("a").work(context -> Balance.unchanged(Counts.NONE))))
        .hasMessageContaining("It did not write its table documents.");
  }

  @Test
  void readingPastTheNamedUpstreamFails() {
    Toy peeking = new Toy("tokenize", List.of(), List.of("tokens"), new TreeMap<>(), null);

    assertThatThrownBy(
            () ->
                run(ingest("a"), peeking.work(c -> Balance.unchanged(count(c.table("documents"))))))
        .hasMessageContaining("reads the table documents of stage ingest, but does not name it");
  }

  @Test
  void theSeedBelongsToTheIdentityOfWhoReadsIt() {
    assertThatThrownBy(() -> run(ingest("a").work(c -> Balance.unchanged(new Counts(c.seed(), 0)))))
        .hasMessageContaining("does not say that it is seeded");
  }

  @Test
  void tooManyBadRowsLeaveTheQuarantineToRead() {
    assertThatThrownBy(() -> run(rejecting()))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("2 input rows could not be read as documents")
        .hasMessageContaining("allows 1")
        .hasMessageContaining(output.resolve("quarantine").toString())
        .hasMessageContaining("--set input.max-bad-rows=2");

    assertThat(read("quarantine").count()).isEqualTo(2);
    assertThat(output.resolve("documents")).doesNotExist();
    assertThat(output.resolve("_longspan/commits/ingest.json")).doesNotExist();
  }

  @Test
  void aQuarantineThatReplacedACommittedOneMakesIngestRunAgain() {
    run(ingest("a"));
    assertThatThrownBy(() -> run(rejecting())).isInstanceOf(BadInputException.class);

    run(ingest("a"));

    assertThat(outcomes()).containsExactly("ingest done");
    assertThat(read("quarantine").count()).isEqualTo(0);
  }

  @Test
  void whatAStageRefusesIsPassedOnAsItIs() {
    ConfigurationException refusal = new ConfigurationException(List.of());

    assertThatThrownBy(
            () ->
                run(
                    ingest("a")
                        .work(
                            context -> {
                              throw refusal;
                            })))
        .isSameAs(refusal);
  }

  @Test
  void aFailureInATaskIsToldByItsOwnMessage() {
    Toy failing =
        tokenize()
            .work(
                context -> {
                  context.write(
                      Tables.TOKENS,
                      tokens(context)
                          .selectExpr(
                              "doc_id",
                              "domain",
                              "n_tokens",
                              "if(doc_id = '1', raise_error('No such token'), input_ids)"
                                  + " as input_ids"));
                  return Balance.unchanged(Counts.NONE);
                });

    assertThatThrownBy(() -> run(ingest("a"), failing))
        .isInstanceOf(StageFailedException.class)
        .hasMessageStartingWith("Stage tokenize failed: ")
        .hasMessageContaining("No such token")
        .hasMessageEndingWith("The finished stages are kept (ingest) and will be reused.");
  }

  @Test
  void filesThatAreNoTableBecomeVisibleWithTheCommit() {
    Toy exporting =
        Toy.named("export", "ingest")
            .work(
                context -> {
                  documents(2).write().text(context.filesPath("megatron") + "/x");
                  return Balance.unchanged(new Counts(3, 0));
                });
    assertThatThrownBy(() -> run(ingest("a"), exporting)).isInstanceOf(StageFailedException.class);
    assertThat(output.resolve("megatron")).doesNotExist();

    run(
        ingest("a"),
        exporting.work(
            context -> {
              documents(2).select("doc_id").write().text(context.filesPath("megatron") + "/x");
              return Balance.unchanged(new Counts(3, 0));
            }));
    assertThat(output.resolve("megatron/x")).isDirectory();
  }

  @Test
  void workOfAFailedStageIsThereForTheNextRun() {
    Toy first =
        tokenize()
            .work(
                context -> {
                  SPARK.range(7).write().parquet(context.workPath() + "/shard=0");
                  throw new IllegalStateException("killed");
                });
    assertThatThrownBy(() -> run(ingest("a"), first)).hasMessageContaining("killed.");

    run(
        ingest("a"),
        first.work(
            context -> {
              context.figure("kept", SPARK.read().parquet(context.workPath()).count());
              context.write(Tables.TOKENS, tokens(context));
              return TOKENIZED;
            }));
    assertThat(manifest()).contains("\"kept\" : 7.0");
    assertThat(output.resolve("_longspan/work/tokenize")).doesNotExist();
  }

  @Test
  void theCallersSessionIsAsItWas() {
    Map<String, String> before = new TreeMap<>(settings(SPARK));
    SPARK.sparkContext().setLocalProperty("spark.job.description", "my cell");
    SPARK.sparkContext().setLocalProperty("spark.jobGroup.id", "cell 7");
    try {
      run(
          ingest("a"),
          tokenize()
              .work(
                  context -> {
                    assertThat(property("spark.jobGroup.id")).isEqualTo("cell 7");
                    assertThat(property("spark.job.description")).isEqualTo("tokenize");
                    String inside =
                        context.describe("count", () -> property("spark.job.description"));
                    assertThat(inside).isEqualTo("tokenize: count");
                    context.write(Tables.TOKENS, tokens(context));
                    return TOKENIZED;
                  }));

      assertThat(property("spark.job.description")).isEqualTo("my cell");
      assertThat(property("spark.jobGroup.id")).isEqualTo("cell 7");
      assertThat(new TreeMap<>(settings(SPARK))).isEqualTo(before);
    } finally {
      SPARK.sparkContext().setLocalProperty("spark.job.description", null);
      SPARK.sparkContext().setLocalProperty("spark.jobGroup.id", null);
    }
  }

  @Test
  void theManifestTellsWhatMadeTheTables() {
    run(
        ingest("a"),
        tokenize()
            .work(
                context -> {
                  context.figure("longest", 2);
                  context.write(Tables.TOKENS, tokens(context));
                  return TOKENIZED;
                }));

    assertThat(normalised(manifest()))
        .isEqualTo(
            """
            {
              "configuration" : {
                "output" : "out"
              },
              "versions" : {
                "code" : "c1"
              },
              "seed" : 11,
              "stages" : [ {
                "stage" : "ingest",
                "id" : "HASH",
                "fingerprint" : "HASH",
                "upstream" : { },
                "balance" : {
                  "in" : {
                    "documents" : 4,
                    "tokens" : 0
                  },
                  "added" : { },
                  "out" : {
                    "documents" : 3,
                    "tokens" : 0
                  },
                  "dropped" : {
                    "duplicate" : {
                      "documents" : 1,
                      "tokens" : 0
                    }
                  }
                },
                "figures" : { },
                "artifacts" : [ {
                  "name" : "documents",
                  "files" : 1,
                  "bytes" : N,
                  "listing" : "HASH"
                }, {
                  "name" : "drops",
                  "files" : 1,
                  "bytes" : N,
                  "listing" : "HASH"
                }, {
                  "name" : "quarantine",
                  "files" : 1,
                  "bytes" : N,
                  "listing" : "HASH"
                } ],
                "seconds" : N,
                "started" : "TIME",
                "finished" : "TIME",
                "outcome" : "ran"
              }, {
                "stage" : "tokenize",
                "id" : "HASH",
                "fingerprint" : "HASH",
                "upstream" : {
                  "ingest" : "HASH"
                },
                "balance" : {
                  "in" : {
                    "documents" : 3,
                    "tokens" : 0
                  },
                  "added" : {
                    "tokens" : {
                      "documents" : 0,
                      "tokens" : 6
                    }
                  },
                  "out" : {
                    "documents" : 3,
                    "tokens" : 6
                  },
                  "dropped" : { }
                },
                "figures" : {
                  "longest" : 2.0
                },
                "artifacts" : [ {
                  "name" : "drops",
                  "files" : 1,
                  "bytes" : N,
                  "listing" : "HASH"
                }, {
                  "name" : "tokens",
                  "files" : 1,
                  "bytes" : N,
                  "listing" : "HASH"
                } ],
                "seconds" : N,
                "started" : "TIME",
                "finished" : "TIME",
                "outcome" : "ran"
              } ]
            }
            """);
  }

  private static final Balance TOKENIZED =
      Balance.of(new Counts(3, 0), Map.of("tokens", new Counts(0, 6)), new Counts(3, 6), Map.of());

  private static Toy ingest(String input) {
    return Toy.named("ingest")
        .tables(Tables.DOCUMENTS, Tables.QUARANTINE)
        .identity(Map.of("input", input))
        .work(
            context -> {
              context.write(Tables.DOCUMENTS, documents(3));
              context.write(Tables.QUARANTINE, quarantine(0));
              context.writeDrops(drops("ingest"));
              return INGESTED;
            });
  }

  private static Toy rejecting() {
    return ingest("bad")
        .work(
            context -> {
              context.write(Tables.QUARANTINE, quarantine(2));
              throw new BadInputException(2, 1);
            });
  }

  private static Toy tokenize() {
    return Toy.named("tokenize", "ingest")
        .tables(Tables.TOKENS)
        .work(
            context -> {
              context.write(Tables.TOKENS, tokens(context));
              return TOKENIZED;
            });
  }

  private static Dataset<Row> documents(int rows) {
    return SPARK
        .range(0, rows, 1, 1)
        .selectExpr(
            "cast(id as string) as doc_id",
            "'books' as domain",
            "'test' as source",
            "'text' as text",
            "4L as chars",
            "'00' as sha256",
            "cast(null as string) as repo",
            "cast(null as string) as path",
            "map('k', 'v') as meta");
  }

  private static Dataset<Row> quarantine(int rows) {
    return SPARK
        .range(0, rows, 1, 1)
        .selectExpr("'a.jsonl' as file", "id as line", "'broken JSON' as reason", "'{' as raw");
  }

  private static Dataset<Row> drops(String stage) {
    return SPARK.sql(
        "select '3' doc_id, '" + stage + "' stage, 'duplicate' reason, 0L tokens, 'of 2' detail");
  }

  private static Dataset<Row> tokens(StageContext context) {
    return context
        .table(Tables.DOCUMENTS)
        .selectExpr("doc_id", "domain", "2 as n_tokens", "array(1, 2) as input_ids");
  }

  private static Counts count(Dataset<Row> rows) {
    return new Counts(rows.count(), 0);
  }

  private RunResult run(Stage... stages) {
    return run(StageRange.all(), stages);
  }

  private RunResult run(StageRange range, Stage... stages) {
    terminal.clear();
    Manifest manifest =
        new Manifest(
            JsonNodeFactory.instance.objectNode().put("output", "out"),
            new TreeMap<>(Map.of("code", "c1")),
            11,
            List.of());
    try (RunWriter run =
        RunWriter.open(new Configuration(), output.toString(), new RunIdentity(List.of("books")))) {
      return new Pipeline(SPARK, run, manifest, List.of(stages))
          .range(range)
          .progress(terminal::add)
          .run();
    }
  }

  private List<String> lines() {
    return terminal.stream().map(line -> line.replaceAll("[0-9.]+ s,", "S s,")).toList();
  }

  /** Stage and first word of every line. */
  private List<String> outcomes() {
    return lines().stream().map(line -> line.replaceAll("^(\\S+) +(\\S+).*", "$1 $2")).toList();
  }

  private Dataset<Row> read(String table) {
    return SPARK.read().parquet(output.resolve(table).toString());
  }

  private String manifest() {
    return RunDirectory.at(new Configuration(), output.toString()).manifest().orElseThrow();
  }

  private static String normalised(String manifest) {
    return manifest
        .replaceAll("\"[0-9a-f]{8}([0-9a-f]{24})?\"", "\"HASH\"")
        .replaceAll("\"(bytes|seconds)\" : [0-9.]+", "\"$1\" : N")
        .replaceAll("\"20[0-9T:.-]+Z\"", "\"TIME\"");
  }

  private List<String> dropsFiles() {
    String[] names = output.resolve("drops").toFile().list();
    return List.of(names);
  }

  private static String property(String name) {
    return SPARK.sparkContext().getLocalProperty(name);
  }

  private static Map<String, String> settings(SparkSession spark) {
    return scala.collection.JavaConverters.mapAsJavaMap(spark.conf().getAll());
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }

    Files.delete(folder);
  }
}
