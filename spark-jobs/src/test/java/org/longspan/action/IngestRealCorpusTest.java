package org.longspan.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.longspan.ingest.SourceSpec;
import org.longspan.testing.LocalSpark;

class IngestRealCorpusTest {
  private static final Path PAGES =
      Path.of(System.getProperty("longspan.root", "."), "..", "shared/data/corpus/web-00.jsonl.gz");

  @Test
  void webPagesAreReadWholeAndNoneIsBad() {
    assumeThat(Files.exists(PAGES))
        .as("SKIPPED: the shared corpus is not at %s, so no real pages are read", PAGES)
        .isTrue();

    IngestResult result =
        IngestAction.on(LocalSpark.session()).source(SourceSpec.of(PAGES.toString())).execute();

    assertThat(result.quarantined()).isZero();
    assertThat(result.counts().out().documents()).isGreaterThan(1_000);
    assertThat(result.counts().holds()).isTrue();
    assertThat(result.documents().select("domain").distinct().count()).isPositive();
  }
}
