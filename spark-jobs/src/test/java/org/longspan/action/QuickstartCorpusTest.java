package org.longspan.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.longspan.ingest.ColumnNames;
import org.longspan.ingest.SourceSpec;
import org.longspan.testing.LocalSpark;

/**
 * The corpus that the build puts together for the quickstart: real jars, pages, plays, speeches.
 */
class QuickstartCorpusTest {
  private static final Path CORPUS = Path.of("target/quickstart-corpus").toAbsolutePath();
  private static IngestResult result;

  @BeforeAll
  static void ingest() {
    ColumnNames speeches = new ColumnNames(null, "text", null, "day", "title", Map.of());
    result =
        IngestAction.on(LocalSpark.session())
            .source(SourceSpec.of(CORPUS + "/code").withDomain("code").withRepositoryCap(250_000))
            .source(pages("/manual").withDomain("manual"))
            .source(pages("/play").withDomain("play"))
            .source(
                SourceSpec.of(CORPUS + "/parliament")
                    .withDomain("parliament")
                    .withColumns(speeches))
            .execute();
  }

  @AfterAll
  static void free() {
    LocalSpark.session().catalog().clearCache();
  }

  @Test
  void nothingOfItIsBadAndTheBooksBalance() {
    assertThat(result.quarantined()).isZero();
    assertThat(result.counts().holds()).isTrue();
  }

  @Test
  void noDomainHasMoreThanThreeFifthsOfTheText() {
    Map<String, Long> characters = new TreeMap<>();
    for (Row row : result.documents().groupBy("domain").sum("chars").collectAsList()) {
      characters.put(row.getString(0), row.getLong(1));
    }

    long total = characters.values().stream().mapToLong(Long::longValue).sum();
    assertThat(characters).containsOnlyKeys("code", "manual", "parliament", "play");
    assertThat(total).isBetween(16_000_000L, 20_000_000L);
    assertThat(characters.values()).allMatch(domain -> domain <= 0.6 * total);
  }

  @Test
  void everyJarIsARepositoryCutAtTheCap() {
    Dataset<Row> code = result.documents().where("domain = 'code'");

    assertThat(code.select("repo").distinct().count()).isEqualTo(11);
    assertThat(code.where("chars > 250000").count()).isZero();
    assertThat(code.where("text like '==> %'").count()).isEqualTo(code.count());
  }

  @Test
  void javadocPagesAreTextWithoutMarkup() {
    Dataset<Row> manual = result.documents().where("domain = 'manual'");

    assertThat(manual.where("text rlike '<(div|li|td|span) class='").count()).isZero();
    assertThat(manual.where("text like '%document.getElement%'").count()).isZero();
    assertThat(manual.where("source like '%/ListUtils.html'").first().<String>getAs("text"))
        .doesNotContain("&nbsp;", "&lt;", "&#")
        .contains("\nClass ListUtils\n")
        .contains("defaultIfNull(List<T> list,")
        .contains("Returns either the passed in list, or if the list is null,\n");
  }

  @Test
  void playsKeepTheirLines() {
    Row macbeth = result.documents().where("domain = 'play' and source = 'macbeth.xml'").first();

    assertThat(macbeth.<String>getAs("text"))
        .contains("When shall we three meet again\nIn thunder, lightning, or in rain?\n");
  }

  private static SourceSpec pages(String folder) {
    return SourceSpec.of(CORPUS + folder).withFormat("html").withClean("html");
  }
}
