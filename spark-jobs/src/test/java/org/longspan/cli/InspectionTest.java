package org.longspan.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longspan.conf.ConfigurationException;
import org.longspan.stage.Tables;
import org.longspan.testing.LocalSpark;

class InspectionTest {
  private final SparkSession spark = LocalSpark.session();

  @TempDir Path output;

  @Test
  void aRunOfTwoDocumentsIsShownFromAllSides() {
    write(
        Tables.DOCUMENTS,
        row("a", "book", "s", "It was a dark night.", 20L, "00", null, null, Map.of()),
        row("b", "book", "s", "x".repeat(700), 700L, "01", "r", "p", Map.of()));
    write(Tables.TOKENS, row("a", "book", 5, ints(1, 2, 3, 4, 5)), row("b", "book", 2, ints(7, 8)));
    write(
        Tables.SCORES,
        row("a", "book", "prolong", "scored", 1.5, Map.of("strength", 0.5), doubles(), null),
        row("b", "book", "prolong", "too-short", null, Map.of(), doubles(), null));
    write(
        Tables.SELECTION,
        row("a", "book", "long", 5, 1.5, 2.0, 2, null),
        row("b", "book", "short", 2, null, 0.5, 0, null));
    write(Tables.EDGES, row("a", "b", 0, 12.25, "bm25"));
    write(
        Tables.SEQUENCES,
        row(
            9L,
            ints(1, 2, 3, 4, 5, 0, 1, 2),
            List.of(
                row("a", 0, 0, 5, "body"),
                row(null, 0, 0, 1, "separator"),
                row("a", 1, 0, 2, "body")),
            ints(8),
            null,
            null,
            0.25,
            "splice",
            List.of("book")));
    write(Tables.DROPS, row("b", "upsample", "not-chosen", 2L, null));

    Inspection inspection = Inspection.of(spark, output.toString());

    assertThat(inspection.tables())
        .isEqualTo(
            """
            documents    2 rows
            tokens       2 rows
            scores       2 rows
            selection    2 rows
            edges        1 rows
            sequences    1 rows
            drops        1 rows
            quarantine   not yet
            dropped      upsample, not-chosen: 1 rows, 2 tokens
            """);
    assertThat(inspection.row("a"))
        .isEqualTo(
            """
            document     a
            domain       book
            source       s
            chars        20
            tokens       5
            score        prolong scored, 1.5000 {strength=0.5}
            chosen       2 times, from bucket long at rate 2.000
            neighbour    b, bm25 12.25
            sequence     9, copy 0, tokens 0 to 5
            sequence     9, copy 1, tokens 0 to 2

            It was a dark night.
            """);
    assertThat(inspection.row("b"))
        .contains("score        prolong too-short\n")
        .contains("dropped      upsample, not-chosen: 2 tokens\n")
        .endsWith("\n\n" + "x".repeat(600) + " ...\n");
    assertThat(inspection.row("9"))
        .isEqualTo(
            """
            sequence     9
            packer       splice
            relatedness  0.25
            domains      book
            at 0         5 tokens, body of a, copy 0, from 0
            at 5         1 tokens, separator
            at 6         2 tokens, body of a, copy 1, from 0
            """);
    assertThatThrownBy(() -> inspection.row("c"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageEndingWith("The run has no document and no sequence named c.");
  }

  @Test
  void aDocumentIsFollowedThroughEachPhase() throws IOException {
    Files.writeString(
        output.resolve("manifest.json"),
        """
        {"configuration": {"phases": [{"name": "64k"}, {"name": "4k"}]}, "stages": []}
        """);
    write(Tables.DOCUMENTS, row("a", "book", "s", "Night.", 6L, "00", null, null, Map.of()));
    write("64k/selection", row("a", "book", "long", 5, 1.5, 2.0, 2, null));
    write("4k/selection", row("a", "book", "long", 5, 1.5, null, 0, null));
    write("64k/sequences", sequence(9L));
    write("4k/edges", row("a", "b", 0, 12.25, "bm25"));
    write(Tables.DROPS, row("a", "upsample-4k", "used", 5L, "Phase 64k chose it."));

    Inspection inspection = Inspection.of(spark, output.toString());

    assertThat(inspection.tables())
        .isEqualTo(
            """
            documents     1 rows
            tokens        not yet
            scores        not yet
            64k/selection 1 rows
            64k/edges     not yet
            64k/sequences 1 rows
            4k/selection  1 rows
            4k/edges      1 rows
            4k/sequences  not yet
            drops         1 rows
            quarantine    not yet
            dropped      upsample-4k, used: 1 rows, 5 tokens
            """);
    assertThat(inspection.row("a"))
        .isEqualTo(
            """
            document     a
            domain       book
            source       s
            chars        6
            chosen       64k: 2 times, from bucket long at rate 2.000
            chosen       4k: 0 times, left out of bucket long before rates were set
            neighbour    4k: b, bm25 12.25
            sequence     64k/9, copy 0, tokens 0 to 5
            dropped      upsample-4k, used: 5 tokens, Phase 64k chose it.

            Night.
            """);
    assertThat(inspection.row("64k/9"))
        .startsWith("sequence     64k/9\n")
        .contains("at 0         5 tokens, body of a, copy 0, from 0\n");
    assertThatThrownBy(() -> inspection.row("9"))
        .hasMessageEndingWith(
            "The run has no document and no sequence named 9; a sequence has the name of its phase"
                + " before it, such as 64k/0.");
    assertThatThrownBy(() -> inspection.row("8k/9")).hasMessageContaining("no sequence named 8k/9");
  }

  @Test
  void aFolderWithoutTablesIsNoRun() {
    assertThatThrownBy(() -> Inspection.of(spark, output.toString()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("It is no run directory");
  }

  private static Row sequence(long id) {
    return row(
        id,
        ints(1, 2, 3, 4, 5),
        List.of(row("a", 0, 0, 5, "body")),
        ints(5),
        null,
        null,
        0.25,
        "splice",
        List.of("book"));
  }

  private void write(String table, Row... rows) {
    spark
        .createDataFrame(Arrays.asList(rows), Tables.schema(table))
        .write()
        .parquet(output.resolve(table).toString());
  }

  private static Row row(Object... values) {
    return RowFactory.create(values);
  }

  private static List<Integer> ints(Integer... values) {
    return List.of(values);
  }

  private static List<Double> doubles() {
    return List.of();
  }
}
