package org.longspan.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longspan.action.Corpus;
import org.longspan.action.LongDocuments;
import org.longspan.action.SliceBy;
import org.longspan.pack.Splice;
import org.longspan.run.Balance;
import org.longspan.run.CommitRecord;
import org.longspan.run.Manifest;
import org.longspan.run.RunIdentity;
import org.longspan.run.RunResult;
import org.longspan.run.RunWriter;
import org.longspan.testing.LocalSpark;

class PackAndExportStageTest {
  private static final long SEED = 11;

  @TempDir private Path output;

  @Test
  void packedTableIsExportedWholeAndBothBalance() {
    Corpus corpus = Corpus.threeDomains();

    RunResult result =
        run(
            Toy.source("tokenize", Tables.TOKENS, corpus.tokens()),
            Toy.source("upsample", Tables.SELECTION, corpus.selection()),
            Toy.source("relate", Tables.EDGES, corpus.edges()),
            stage("splice", 32, Splice.Order.IDENTITY, 1, 9_999, 0, 100),
            new ExportStage(List.of("parquet", "megatron"), 70_000));

    long sequences = read("sequences").count();
    CommitRecord packed = result.stages().get(3).commit();
    CommitRecord exported = result.stages().get(4).commit();
    assertThat(packed.balance().in().documents())
        .isEqualTo(corpus.copies().values().stream().mapToInt(Integer::intValue).sum());
    assertThat(packed.balance().out().tokens()).isEqualTo(32 * sequences);
    assertThat(exported.balance()).isEqualTo(Balance.unchanged(packed.balance().out()));
    assertThat(packed.figures())
        .containsEntry("sequences", (double) sequences)
        .containsKeys("fill", "fill.splice", "fill.best-fit", "relatedness", "starved");
    assertThat(read("export/parquet").count()).isEqualTo(sequences);
    assertThat(output.resolve("export/megatron/longspan-00000.bin")).hasSize(32 * 4 * sequences);
  }

  private static PackStage stage(
      String packer,
      int sequenceLength,
      Splice.Order order,
      int branching,
      int separator,
      int pad,
      int sliceDocuments) {
    return new PackStage(
        packer,
        sequenceLength,
        List.of(new Splice.Options(branching, order)),
        LongDocuments.FRAGMENT,
        separator,
        pad,
        sliceDocuments,
        SliceBy.HASH);
  }

  @Test
  void emptySelectionFailsTheStageInASentence() {
    Corpus corpus = new Corpus().document("a", "web", 0, 1, 2);

    assertThatThrownBy(
            () ->
                run(
                    Toy.source("tokenize", Tables.TOKENS, corpus.tokens()),
                    Toy.source("upsample", Tables.SELECTION, corpus.selection()),
                    Toy.source("relate", Tables.EDGES, corpus.edges()),
                    stage("splice", 32, Splice.Order.IDENTITY, 1, -1, 0, 100)))
        .isInstanceOf(StageFailedException.class)
        .hasMessageStartingWith("Stage pack failed: There is nothing to pack");
  }

  @Test
  void everySettingIsPartOfTheIdentity() {
    PackStage usual = stage("splice", 32, Splice.Order.IDENTITY, 1, -1, 0, 100);

    assertThat(
            List.of(
                stage("best-fit", 32, Splice.Order.IDENTITY, 1, -1, 0, 100),
                stage("splice", 33, Splice.Order.IDENTITY, 1, -1, 0, 100),
                stage("splice", 32, Splice.Order.IDENTITY, 2, -1, 0, 100),
                stage("splice", 32, Splice.Order.SHUFFLE, 1, -1, 0, 100),
                stage("splice", 32, Splice.Order.IDENTITY, 1, 3, 0, 100),
                stage("splice", 32, Splice.Order.IDENTITY, 1, -1, 4, 100),
                stage("splice", 32, Splice.Order.IDENTITY, 1, -1, 0, 101),
                new PackStage(
                    "splice",
                    32,
                    List.of(Splice.Options.PUBLISHED),
                    LongDocuments.DROP,
                    -1,
                    0,
                    100,
                    SliceBy.HASH)))
        .extracting(PackStage::identity)
        .doesNotHaveDuplicates()
        .doesNotContain(usual.identity());
    assertThat(new ExportStage(List.of("parquet"), 100).identity())
        .isNotEqualTo(new ExportStage(List.of("parquet"), 101).identity())
        .isNotEqualTo(new ExportStage(List.of("megatron"), 100).identity());
  }

  private RunResult run(Stage... stages) {
    Manifest manifest =
        new Manifest(
            JsonNodeFactory.instance.objectNode(),
            new TreeMap<>(Map.of("code", "c1")),
            SEED,
            List.of());
    try (RunWriter run =
        RunWriter.open(new Configuration(), output.toString(), new RunIdentity(List.of("here")))) {
      return new Pipeline(LocalSpark.session(), run, manifest, List.of(stages)).run();
    }
  }

  private Dataset<Row> read(String table) {
    return LocalSpark.session().read().parquet(output.resolve(table).toString());
  }
}
