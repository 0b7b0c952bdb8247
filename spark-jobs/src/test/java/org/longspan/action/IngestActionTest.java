package org.longspan.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.longspan.ingest.InputFolder.utf8;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longspan.conf.ConfigurationException;
import org.longspan.ingest.ColumnNames;
import org.longspan.ingest.InputFolder;
import org.longspan.ingest.SourceSpec;
import org.longspan.run.Counts;
import org.longspan.stage.StageFailedException;
import org.longspan.stage.Tables;
import org.longspan.testing.LocalSpark;

class IngestActionTest {
  private static final StructType ROWS =
      new StructType()
          .add("id", DataTypes.StringType)
          .add("text", DataTypes.StringType)
          .add("domain", DataTypes.StringType);
  private static final ColumnNames REPOSITORIES =
      new ColumnNames("id", "text", "domain", "repo", "path", Map.of());

  private final SparkSession spark = LocalSpark.session();
  @TempDir private Path folder;
  private InputFolder input;

  @BeforeEach
  void openFolder() {
    input = new InputFolder(folder);
  }

  @Test
  void readsJsonLinesPlainAndCompressed() {
    input
        .file("in/a.jsonl", line("a", "alpha", "web") + "\n" + line("b", "beta", "web"))
        .gzip("in/b.jsonl.gz", line("c", "gamma", "web") + "\n", line("d", "delta", "web"))
        .zstd("in/sub/c.jsonl.zst", line("e", "epsilon", "web"))
        .file("in/_SUCCESS", "")
        .file("in/.hidden.jsonl", "no json");

    IngestResult result = ingest(SourceSpec.of(input.path("in")));

    assertThat(column(result.documents(), "doc_id")).containsExactly("a", "b", "c", "d", "e");
    assertThat(result.counts().out()).isEqualTo(new Counts(5, 0));
    assertThat(result.figures()).containsEntry("files", 3.0).containsEntry("quarantined", 0.0);
  }

  @Test
  void documentsHaveEveryColumn() {
    ColumnNames columns =
        new ColumnNames("key", "body.raw", "kind", null, "url", Map.of("lang", "info.lang"));
    input.file(
        "a.jsonl",
        "{\"key\": 12345678901234567890, \"body\": {\"raw\": \"a\uD83D\uDE00\"}, \"kind\": \"web\","
            + " \"url\": \"http://x\", \"info\": {\"lang\": \"en\"}}");

    Row row = ingest(SourceSpec.of(input.path("*.jsonl")).withColumns(columns)).documents().first();

    assertThat(row.schema().fieldNames()).isEqualTo(Tables.DOCUMENTS_SCHEMA.fieldNames());
    assertThat(row.<String>getAs("doc_id")).isEqualTo("12345678901234567890");
    assertThat(row.<String>getAs("domain")).isEqualTo("web");
    assertThat(row.<String>getAs("source")).isEqualTo("a.jsonl");
    assertThat(row.<Long>getAs("chars")).isEqualTo(2);
    assertThat(row.<String>getAs("sha256"))
        .isEqualTo("28e66175821bf0ad8d7c8008061930de7daf248c28814ad41a0541449257bcf7");
    assertThat(row.<String>getAs("path")).isEqualTo("http://x");
    assertThat(row.<String>getAs("repo")).isNull();
    assertThat(row.getJavaMap(row.fieldIndex("meta"))).isEqualTo(Map.of("lang", "en"));
  }

  @Test
  void everyBadRowIsInQuarantineWithItsLineAndReason() {
    byte[] brokenUtf8 = utf8("{\"id\": \"x\", \"text\": \"?\"}\n");
    brokenUtf8[21] = (byte) 0xFF;
    input
        .file(
            "a.jsonl",
            String.join(
                "\n",
                line("ok", "fine", "web"),
                "{\"id\": ",
                "",
                "[1, 2]",
                line("e", "  ", "web"),
                "{\"id\": \"n\", \"text\": null}",
                "{\"id\": \"m\"}",
                "{\"id\": \"t\", \"text\": 7}",
                line("z", "a\\u0000b", "web"),
                line("s", "\\ud800", "web"),
                line("l", "x".repeat(200), "web"),
                "{\"id\": \"d\", \"text\": \"no domain\"}",
                "{\"id\": [1], \"text\": \"t\", \"domain\": \"web\"}",
                line("ok", "other text", "web"),
                line("tail", "more", "web") + " {}"))
        .file("b.jsonl", brokenUtf8)
        .file("c.bin", "what?");

    IngestResult result =
        IngestAction.on(spark)
            .source(SourceSpec.of(input.path("*")))
            .maxDocumentBytes(100)
            .execute();

    assertThat(
            rows(result.quarantine(), "file", "line", "reason").stream()
                .map(IngestActionTest::withoutFolder)
                .toList())
        .containsExactlyInAnyOrder(
            tuple("a.jsonl", 2L, "broken-json"),
            tuple("a.jsonl", 4L, "broken-json"),
            tuple("a.jsonl", 5L, "empty-text"),
            tuple("a.jsonl", 6L, "null-text"),
            tuple("a.jsonl", 7L, "null-text"),
            tuple("a.jsonl", 8L, "null-text"),
            tuple("a.jsonl", 9L, "nul"),
            tuple("a.jsonl", 10L, "broken-utf8"),
            tuple("a.jsonl", 11L, "too-large"),
            tuple("a.jsonl", 12L, "no-domain"),
            tuple("a.jsonl", 13L, "bad-id"),
            tuple("a.jsonl", 14L, "duplicate-id"),
            tuple("a.jsonl", 15L, "broken-json"),
            tuple("b.jsonl", 1L, "broken-utf8"),
            tuple("c.bin", 0L, "unknown-format"));
    assertThat(column(result.documents(), "doc_id")).containsExactly("ok");
    assertThat(result.quarantined()).isEqualTo(15);
    assertThat(result.figures()).containsEntry("quarantined.broken-json", 3.0);
    assertThat(result.counts().in()).isEqualTo(new Counts(1, 0));
    assertThat(result.counts().holds()).isTrue();
  }

  @Test
  void whatIsShownOfABadRowIsShort() {
    input.file("a.jsonl", "\0" + "x".repeat(5_000));

    Row row = ingest(SourceSpec.of(input.path("a.jsonl"))).quarantine().first();

    assertThat(row.<String>getAs("raw")).hasSize(1_000).startsWith("\u2400xxx");
  }

  @Test
  void aTruncatedFileKeepsTheRowsBeforeTheBreak() {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      lines.append(line("id" + i, "text " + Integer.toHexString(i * 7919), "web")).append('\n');
    }

    byte[] whole = InputFolder.gzipped(utf8(lines.toString()));
    input
        .file("a.jsonl.gz", Arrays.copyOf(whole, whole.length / 2))
        .file("b.jsonl", line("b", "beta", "web"))
        .file("c.jsonl.gz", "not gzip at all");

    IngestResult result = ingest(SourceSpec.of(input.path("*.jsonl*")));

    List<Tuple> broken = rows(result.quarantine(), "file", "reason");
    assertThat(broken.stream().map(IngestActionTest::withoutFolder).toList())
        .containsExactlyInAnyOrder(
            tuple("a.jsonl.gz", "broken-file"), tuple("c.jsonl.gz", "broken-file"));
    assertThat(result.counts().out().documents()).isBetween(1_000L, 19_999L);
    assertThat(column(result.documents(), "doc_id")).contains("id0", "b");
  }

  @Test
  void readsFoldersOfTextWithIdsThatDoNotDependOnTheFolder() {
    input
        .file("x/in/a.txt", "\uFEFFalpha\r\n")
        .file("x/in/sub/a.txt", "beta")
        .file("y/in/a.txt", "\uFEFFalpha\r\n")
        .file("y/in/sub/a.txt", "beta");

    IngestResult first = ingest(SourceSpec.of(input.path("x/in")).withDomain("book"));
    IngestResult second = ingest(SourceSpec.of(input.path("y/in")).withDomain("book"));

    assertThat(column(first.documents(), "text")).containsExactly("alpha\r\n", "beta");
    assertThat(column(first.documents(), "source")).containsExactly("a.txt", "sub/a.txt");
    assertThat(column(first.documents(), "doc_id"))
        .doesNotHaveDuplicates()
        .allMatch(id -> id.matches("a\\.txt-[0-9a-f]{16}"))
        .isEqualTo(column(second.documents(), "doc_id"));
  }

  @Test
  void namesAreRelativeToTheFolderOfAGlob() {
    SourceSpec text = SourceSpec.of("src/main/java/org/longspan/in*t/package-info.java");

    IngestResult result = ingest(text.withFormat("text").withDomain("code"));

    assertThat(column(result.documents(), "source")).containsExactly("ingest/package-info.java");
  }

  @Test
  void readsLinesAsDocuments() {
    input.gzip("a.gz", "one\n\ntwo\n");

    IngestResult result =
        ingest(SourceSpec.of(input.path("a.gz")).withFormat("lines").withDomain("law"));

    assertThat(rows(result.documents(), "text", "domain"))
        .containsExactly(tuple("one", "law"), tuple("two", "law"));
    assertThat(column(result.documents(), "doc_id").get(1)).endsWith(":3");
  }

  @Test
  void readsParquetAndSetsBrokenFilesAside() {
    StructType schema = ROWS.add("extra", new StructType().add("lang", DataTypes.StringType));
    List<Row> rows =
        List.of(
            RowFactory.create("a", "alpha", "web", RowFactory.create("en")),
            RowFactory.create(null, "beta", null, null),
            RowFactory.create("c", null, "web", null));
    spark.createDataFrame(rows, schema).coalesce(1).write().parquet(input.path("in a"));
    input.file("in a/zz.parquet", "PAR1 and no more");

    IngestResult result =
        ingest(
            SourceSpec.of(input.path("in a"))
                .withDomain("other")
                .withColumns(
                    new ColumnNames(
                        "id", "text", "domain", null, null, Map.of("lang", "extra.lang"))));

    assertThat(rows(result.documents(), "text", "domain"))
        .containsExactlyInAnyOrder(tuple("alpha", "web"), tuple("beta", "other"));
    assertThat(column(result.documents(), "doc_id")).anyMatch(id -> id.endsWith(":2"));
    assertThat(rows(result.quarantine(), "line", "reason"))
        .containsExactlyInAnyOrder(tuple(3L, "null-text"), tuple(0L, "broken-file"));
  }

  @Test
  void aTableWithoutTextIsNamedWithTheColumnsItHas() {
    Dataset<Row> rows = spark.range(3).toDF("number");

    assertThatThrownBy(() -> IngestAction.on(spark).dataFrame(rows).execute())
        .isInstanceOf(StageFailedException.class)
        .hasMessageContaining("no column text")
        .hasMessageContaining("number");
  }

  @Test
  void readsDatasetsTheSameWhateverTheirPartitions() {
    List<Row> rows =
        List.of(
            RowFactory.create("a", "alpha", "web"),
            RowFactory.create("a", "alpha", "web"),
            RowFactory.create("b", "alpha", "book"),
            RowFactory.create(null, "beta", "web"),
            RowFactory.create(null, "beta", "web"),
            RowFactory.create("c", "gamma", "web"),
            RowFactory.create("c", "other gamma", "web"));
    Dataset<Row> one = spark.createDataFrame(rows, ROWS).coalesce(1);
    Dataset<Row> many = spark.createDataFrame(rows, ROWS).repartition(5);

    IngestResult first = IngestAction.on(spark).dataFrame(one).execute();
    IngestResult second = IngestAction.on(spark).dataFrame(many).execute();

    assertThat(all(first.documents())).hasSize(3).isEqualTo(all(second.documents()));
    assertThat(all(first.drops())).hasSize(3).isEqualTo(all(second.drops()));
    assertThat(all(first.quarantine())).hasSize(1).isEqualTo(all(second.quarantine()));
    assertThat(first.counts()).isEqualTo(second.counts());
  }

  @Test
  void joinsTheFilesOfArchivesAndListsWhatIsNoText() {
    Map<String, byte[]> files = new TreeMap<>();
    files.put("src/B.java", utf8("class B {}\n"));
    files.put("src/A.java", utf8("class A {}\n"));
    files.put("logo.png", new byte[] {(byte) 0x89, 'P', 'N', 'G'});
    files.put(".git/config", utf8("hidden"));
    input.zip("lib.jar", files).tarGz("sub/lib.tar.gz", files).file("empty.zip", "");

    IngestResult result = ingest(SourceSpec.of(input.path("")).withDomain("code"));

    assertThat(rows(result.documents(), "repo", "text"))
        .containsExactly(
            tuple("lib", "==> src/A.java <==\nclass A {}\n==> src/B.java <==\nclass B {}\n"));
    assertThat(column(result.documents(), "doc_id").get(0)).matches("lib-[0-9a-f]{16}#1");
    assertThat(rows(result.drops(), "doc_id", "reason"))
        .contains(
            tuple("lib.jar!logo.png", "not-text"), tuple("sub/lib.tar.gz!logo.png", "not-text"))
        .hasSize(3);
    assertThat(rows(result.quarantine(), "reason")).containsExactly(tuple("broken-file"));
    assertThat(result.counts().in()).isEqualTo(new Counts(4, 0));
    assertThat(result.counts().dropped())
        .isEqualTo(Map.of("not-text", new Counts(2, 0), "exact-duplicate", new Counts(1, 0)));
    assertThat(result.counts().holds()).isTrue();
  }

  @Test
  void joinsFoldersAsRepositoriesAndCutsThemAtTheCap() {
    input
        .file("in/one/__init__.py", "")
        .file("in/one/a.py", "a = 1\n")
        .file("in/one/.git/HEAD", "hidden")
        .file("in/two/b.py", "b = 1\n")
        .file("in/two/c.py", "c = 1\n")
        .file("in/stray.py", "no repository");

    IngestResult result =
        ingest(
            SourceSpec.of(input.path("in"))
                .withFormat("repository")
                .withDomain("code")
                .withRepositoryCap(42));

    assertThat(rows(result.documents(), "repo", "text"))
        .containsExactlyInAnyOrder(
            tuple("one", "==> __init__.py <==\n==> a.py <==\na = 1\n"),
            tuple("two", "==> b.py <==\nb = 1\n==> c.py <==\nc = 1\n"));
    assertThat(rows(result.drops(), "doc_id", "reason"))
        .containsExactly(tuple("stray.py!stray.py", "not-text"));
  }

  @Test
  void joinsRowsOfARepositoryByDomainAndPath() {
    input.file(
        "a.jsonl",
        String.join(
            "\n",
            "{\"text\": \"two\", \"domain\": \"java\", \"repo\": \"x/y\", \"path\": \"b\"}",
            "{\"text\": \"one\", \"domain\": \"java\", \"repo\": \"x/y\", \"path\": \"a\"}",
            "{\"text\": \"py\", \"domain\": \"python\", \"repo\": \"x/y\", \"path\": \"a\"}",
            "{\"text\": \"alone\", \"domain\": \"java\"}"));

    IngestResult result = ingest(SourceSpec.of(input.path("a.jsonl")).withColumns(REPOSITORIES));

    assertThat(rows(result.documents(), "domain", "text"))
        .containsExactlyInAnyOrder(
            tuple("java", "==> a <==\none\n==> b <==\ntwo\n"),
            tuple("python", "==> a <==\npy\n"),
            tuple("java", "alone"));
    assertThat(column(result.documents(), "doc_id")).doesNotHaveDuplicates();
  }

  @Test
  void theFirstOfEqualDocumentsStays() {
    input
        .file("a.jsonl", line("late", "same", "web") + "\n" + line("x", "unique", "web"))
        .file("b.jsonl", line("a", "same", "book") + "\n" + line("late", "same", "web"));

    IngestResult result =
        IngestAction.on(spark)
            .source(SourceSpec.of(input.path("b.jsonl")))
            .source(SourceSpec.of(input.path("a.jsonl")))
            .execute();

    assertThat(column(result.documents(), "doc_id")).containsExactlyInAnyOrder("a", "x");
    assertThat(rows(result.drops(), "doc_id", "stage", "reason", "tokens", "detail"))
        .containsExactly(
            tuple("late", "ingest", "exact-duplicate", 0L, "a"),
            tuple("late", "ingest", "exact-duplicate", 0L, "a"));
    assertThat(result.counts().in()).isEqualTo(new Counts(4, 0));
    assertThat(result.counts().holds()).isTrue();
  }

  @Test
  void rowsOfAProgramHaveTheirPlaceAmongTheSources() {
    input.file("a.jsonl", line("file", "same", "web"));
    Dataset<Row> rows =
        spark.createDataFrame(List.of(RowFactory.create("row", "same", "web")), ROWS);

    IngestResult result =
        IngestAction.on(spark)
            .dataFrame(rows)
            .source(SourceSpec.of(input.path("a.jsonl")))
            .execute();

    assertThat(column(result.documents(), "doc_id")).containsExactly("row");
  }

  @Test
  void cleansPagesBeforeDuplicatesAreFound() {
    input
        .file("a.html", "<html><head><title>Map</title></head><body><p>A &lt;K&gt;</p></body>")
        .file("b.html", "<html><title>Map</title><p>A <i>&lt;K&gt;</i></p>")
        .file("c.html", "<html><img src='x'></html>")
        .file("style.css", "p {}");

    IngestResult result =
        ingest(
            SourceSpec.of(input.path(""))
                .withFormat("html")
                .withClean("html")
                .withDomain("manual"));

    assertThat(column(result.documents(), "text")).containsExactly("Map\n\nA <K>");
    assertThat(rows(result.drops(), "reason"))
        .containsExactlyInAnyOrder(tuple("exact-duplicate"), tuple("not-text"));
    assertThat(rows(result.quarantine(), "line", "reason"))
        .containsExactly(tuple(0L, "empty-text"));
  }

  @Test
  void theNumberOfShufflePartitionsChangesNothing() {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 60; i++) {
      lines.append(
          "{\"id\": \"%d\", \"text\": \"t%d\", \"domain\": \"d\", \"repo\": %s, \"path\": \"%d\"}\n"
              .formatted(i % 30, i % 17, i % 3 == 0 ? "null" : "\"r" + i % 7 + "\"", i));
    }

    input.file("a.jsonl", lines.toString()).file("b.jsonl", lines.toString());
    SourceSpec source =
        SourceSpec.of(input.path("*.jsonl")).withColumns(REPOSITORIES).withRepositoryCap(80);
    SparkSession other = spark.newSession();
    other.conf().set("spark.sql.shuffle.partitions", "11");
    other.conf().set("spark.sql.adaptive.enabled", "false");

    IngestResult first = ingest(source);
    IngestResult second =
        IngestAction.on(other).workPath(folder + "/work").source(source).execute();

    assertThat(all(first.documents())).isNotEmpty().isEqualTo(all(second.documents()));
    assertThat(all(first.drops())).isNotEmpty().isEqualTo(all(second.drops()));
    assertThat(all(first.quarantine())).isNotEmpty().isEqualTo(all(second.quarantine()));
    assertThat(first.counts()).isEqualTo(second.counts());
  }

  @Test
  void everyPathThatMatchesNothingIsNamed() {
    SourceSpec source = SourceSpec.of(input.path("none.jsonl"), input.path("*.zip"));

    assertThatThrownBy(() -> ingest(source))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("none.jsonl")
        .hasMessageContaining("*.zip");
  }

  @Test
  void theCallersJobDescriptionComesBack() {
    input.file("a.jsonl", line("a", "alpha", "web"));
    spark.sparkContext().setJobDescription("mine");

    ingest(SourceSpec.of(input.path("a.jsonl")));

    assertThat(spark.sparkContext().getLocalProperty("spark.job.description")).isEqualTo("mine");
    spark.sparkContext().setJobDescription(null);
  }

  private IngestResult ingest(SourceSpec source) {
    return IngestAction.on(spark).source(source).execute();
  }

  private static String line(String id, String text, String domain) {
    return "{\"id\": \"%s\", \"text\": \"%s\", \"domain\": \"%s\"}".formatted(id, text, domain);
  }

  private static List<String> column(Dataset<Row> rows, String name) {
    String order = name.equals("text") ? "text" : "source";
    return rows.orderBy(order, "doc_id").select(name).collectAsList().stream()
        .map(row -> row.getString(0))
        .toList();
  }

  private static List<Tuple> rows(Dataset<Row> rows, String... columns) {
    return rows.selectExpr(columns).orderBy(columns[0]).collectAsList().stream()
        .map(IngestActionTest::values)
        .map(Tuple::new)
        .toList();
  }

  private static Object[] values(Row row) {
    Object[] values = new Object[row.size()];
    Arrays.setAll(values, row::get);
    return values;
  }

  private static Collection<String> all(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(Row::toString).sorted().collect(Collectors.toList());
  }

  private static Tuple withoutFolder(Tuple row) {
    Object[] values = row.toArray();
    String file = (String) values[0];
    values[0] = file.substring(file.lastIndexOf('/') + 1);
    return new Tuple(values);
  }
}
