package org.longspan.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longspan.action.Corpus;
import org.longspan.run.Balance;

class PackAndExportStageTest {
  @Test
  void packedTableIsExportedWholeAndBothBalance(@TempDir Path folder) {
    Corpus corpus = Corpus.threeDomains();
    FolderContext context =
        new FolderContext(folder)
            .with(Tables.TOKENS, corpus.tokens())
            .with(Tables.SELECTION, corpus.selection())
            .with(Tables.EDGES, corpus.edges());

    Balance packed = new PackStage("splice", 32, 1, "identity", 9_999, 0, 100).run(context);
    Balance exported = new ExportStage(List.of("parquet", "megatron"), 70_000).run(context);

    Dataset<Row> sequences = context.table(Tables.SEQUENCES);
    assertThat(packed.holds()).isTrue();
    assertThat(packed.out().tokens()).isEqualTo(32 * sequences.count());
    assertThat(exported).isEqualTo(Balance.unchanged(packed.out()));
    assertThat(context.table(Tables.DROPS).count()).isZero();
    assertThat(context.figures())
        .containsEntry("sequences", (double) sequences.count())
        .containsKeys("fill", "fill.splice", "fill.best-fit", "relatedness", "starved");
    assertThat(folder.resolve("export/parquet/longspan-00000.parquet")).exists();
    assertThat(folder.resolve("export/megatron/longspan-00000.idx")).exists();
    assertThat(context.lines()).isNotEmpty();
  }

  @Test
  void everySettingIsPartOfTheIdentity() {
    PackStage stage = new PackStage("splice", 32, 1, "identity", -1, 0, 100);

    assertThat(
            List.of(
                new PackStage("best-fit", 32, 1, "identity", -1, 0, 100),
                new PackStage("splice", 33, 1, "identity", -1, 0, 100),
                new PackStage("splice", 32, 2, "identity", -1, 0, 100),
                new PackStage("splice", 32, 1, "shuffle", -1, 0, 100),
                new PackStage("splice", 32, 1, "identity", 3, 0, 100),
                new PackStage("splice", 32, 1, "identity", -1, 4, 100),
                new PackStage("splice", 32, 1, "identity", -1, 0, 101)))
        .extracting(PackStage::identity)
        .doesNotHaveDuplicates()
        .doesNotContain(stage.identity());
    assertThat(new ExportStage(List.of("parquet"), 100).identity())
        .isNotEqualTo(new ExportStage(List.of("parquet"), 101).identity())
        .isNotEqualTo(new ExportStage(List.of("megatron"), 100).identity());
  }
}
