package org.longspan.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longspan.seed.Seeded;
import org.longspan.testing.LocalSpark;

/** A part of the input stands for all of it. */
class SampledInputTest {
  private static final int ROWS = 16_000;
  private static final String LINES = lines();

  @TempDir private Path folder;
  private final SparkSession spark = LocalSpark.session();

  @Test
  void piecesOfLinesCountAsManyAsAllHave() {
    InputFolder input = new InputFolder(folder).file("a.jsonl", LINES);

    Ingestion sample = sample(input.path("a.jsonl"), 1 << 20);

    assertThat(sample.sourceFiles().get(0).read()).isBetween(1L << 20, (1L << 20) + (256 << 10));
    assertThat(estimated(sample)).isCloseTo(ROWS, within(0.02 * ROWS));
    // Rows without an id are named by their lines, which must not meet.
    assertThat(sample.rows().select("doc_id").distinct().count()).isEqualTo(sample.rows().count());
  }

  @Test
  void theHeadOfCompressedLinesCountsAsManyAsAllHave() {
    InputFolder input =
        new InputFolder(folder).gzip("a.jsonl.gz", LINES).zstd("b.jsonl.zst", LINES);

    for (String name : List.of("a.jsonl.gz", "b.jsonl.zst")) {
      Ingestion sample = sample(input.path(name), 1 << 20);
      SourceFiles files = sample.sourceFiles().get(0);

      assertThat(files.read()).as(name).isLessThan(files.bytes() / 2);
      assertThat(estimated(sample)).as(name).isCloseTo(ROWS, within(0.05 * ROWS));
      assertThat(sample.rows().where("fate = 'bad'").count()).as(name).isZero();
    }
  }

  @Test
  void rowsKnowTheirSource() {
    InputFolder input =
        new InputFolder(folder)
            .file("a/1.txt", "one")
            .file("a/2.txt", "two")
            .file("b/1.txt", "three");

    Ingestion both =
        Ingestion.plan(spark, List.of(source(input.path("a")), source(input.path("b"))), 1 << 20);

    assertThat(
            both.rows().select(both.source(), functions.col("text")).collectAsList().stream()
                .map(row -> row.getInt(0) + " " + row.getString(1)))
        .containsExactlyInAnyOrder("0 one", "0 two", "1 three");
  }

  private static double estimated(Ingestion sample) {
    SourceFiles files = sample.sourceFiles().get(0);
    return (double) sample.rows().count() * files.bytes() / files.read();
  }

  private Ingestion sample(String path, long bytes) {
    return Ingestion.plan(spark, List.of(source(path)), 1 << 20).sample(bytes, 11);
  }

  private static Ingestion.Source source(String path) {
    return Ingestion.Source.files(SourceSpec.of(path).withDomain("any"));
  }

  /** Eleven million bytes that hardly compress. */
  private static String lines() {
    StringBuilder lines = new StringBuilder();
    for (long row = 0; row < ROWS; row++) {
      lines.append("{\"text\": \"");
      long words = 10 + Seeded.index(Seeded.hash(1, "length", "", row), 60);
      for (long word = 0; word < words; word++) {
        lines.append(Long.toHexString(Seeded.hash(row, "word", "", word))).append(' ');
      }

      lines.append("\"}\n");
    }

    return lines.toString();
  }
}
