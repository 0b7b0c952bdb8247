package org.longspan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longspan.cli.Runs;
import org.longspan.conf.ConfigurationException;
import org.longspan.conf.Configurations;
import org.longspan.conf.RunConfiguration;
import org.longspan.report.ConcatenationShares;
import org.longspan.testing.LocalSpark;

class ConcatenationEvaluationTest {
  private static final Path PAGES =
      Path.of(System.getProperty("longspan.root", "."), "..", "shared/data/corpus/web-00.jsonl.gz");

  @TempDir Path folder;

  /** Of 144 pairs; 0.80 was measured, and a guess has 0.50 with a standard error of 0.12. */
  @Test
  void aPageOutscoresEightStrungTogether() {
    assumeThat(Files.exists(PAGES))
        .as("SKIPPED: the shared corpus is not at %s, so no real texts are compared", PAGES)
        .isTrue();
    // The beginnings alone, which is all that windows are made of.
    LocalSpark.session()
        .read()
        .json(PAGES.toString())
        .select(
            functions.col("id"),
            functions.lit("web").as("domain"),
            functions.substring(functions.col("text"), 1, 16_000).as("text"))
        .write()
        .json(folder.resolve("web").toString());

    ConcatenationShares shares =
        shares(
            "compressibility, longfilter",
            folder.resolve("web").resolve("part-*").toString(),
            new Runs.Concatenations(8, 12));

    assertThat(shares.windows()).containsEntry("web", 12);
    assertThat(shares.separations())
        .extracting("scorer", "good", "others")
        .containsExactly(tuple("compressibility", 12, 12), tuple("longfilter", 12, 12));
    assertThat(shares.separations().get(1).auc()).isGreaterThan(0.65);
  }

  @Test
  void withoutAnyDomainThereIsNothingToCompare() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("short.jsonl"),
            "{\"id\":\"a\",\"domain\":\"web\",\"text\":\"Too short.\"}\n");
    Runs.Concatenations asked = new Runs.Concatenations(8, 20);

    assertThatThrownBy(() -> shares("longfilter", file.toString(), asked))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("No domain has both a document of 2,048 tokens and 8 others of 256")
        .hasMessageContaining("is left out: it has no document of 2,048 tokens.");
  }

  private ConcatenationShares shares(String scorers, String paths, Runs.Concatenations asked) {
    return new ConcatenationEvaluation(LocalSpark.session(), configuration(scorers, paths), asked)
        .shares(line -> {});
  }

  private RunConfiguration configuration(String scorers, String paths) {
    try {
      return Configurations.load(
          Files.writeString(folder.resolve("run.conf"), text(scorers, paths)), List.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String text(String scorers, String paths) {
    return """
        longspan {
          input.sources = [{ paths = ["%s"] }]
          output = "%s"
          score.scorers = [%s]
        }
        """
        .formatted(paths, folder.resolve("out"), scorers);
  }
}
