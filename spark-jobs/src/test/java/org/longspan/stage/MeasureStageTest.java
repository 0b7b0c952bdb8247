package org.longspan.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longspan.action.RelatednessSettings;
import org.longspan.run.Balance;
import org.longspan.run.Counts;
import org.longspan.testing.LocalSpark;

class MeasureStageTest {
  private static final SparkSession SPARK = LocalSpark.session();

  @TempDir private Path folder;

  @Test
  void figuresWeightsAndBalanceAreKept() {
    FolderContext context = context();

    Balance balance = new MeasureStage(RelatednessSettings.USUAL, 8).weighing().run(context);

    assertThat(balance).isEqualTo(Balance.unchanged(new Counts(4, 40)));
    assertThat(context.figures())
        .containsKeys("within-row.web", "across-rows.web", "zipf.web", "near-duplicates.web")
        .containsEntry("most-edges", 1.0)
        .doesNotContainKey("exposure.web");
    assertThat(context.lines())
        .singleElement()
        .asString()
        .startsWith("documents of one sequence have a similarity of ")
        .endsWith("(hashed-terms)");
    assertThat(context.table(Tables.RELATEDNESS).select("measure").distinct().collectAsList())
        .contains(RowFactory.create("exposure"), RowFactory.create("exact-weight"));

    // Parts of 12 and 6 tokens, and padding of 2: four tokens of 18 see 8 tokens or more.
    List<Float> weights =
        context.table(Tables.EXPOSURE_WEIGHTS).orderBy("sequence_id").first().getList(1);
    assertThat(weights)
        .containsExactlyElementsOf(
            Stream.of(
                    Collections.nCopies(8, 1f),
                    Collections.nCopies(4, 1.15f),
                    Collections.nCopies(6, 1f),
                    Collections.nCopies(2, 0f))
                .flatMap(List::stream)
                .toList());
  }

  @Test
  void everySettingIsPartOfTheIdentity() {
    MeasureStage usual = new MeasureStage(new RelatednessSettings(10, 8, 100), 8);

    assertThat(
            List.of(
                new MeasureStage(new RelatednessSettings(11, 8, 100), 8),
                new MeasureStage(new RelatednessSettings(10, 9, 100), 8),
                new MeasureStage(new RelatednessSettings(10, 8, 101), 8),
                new MeasureStage(new RelatednessSettings(10, 8, 100), 16),
                usual.weighing()))
        .extracting(MeasureStage::identity)
        .doesNotHaveDuplicates()
        .doesNotContain(usual.identity());
    assertThat(usual.tables()).containsExactly(Tables.RELATEDNESS);
    assertThat(usual.weighing().tables()).contains(Tables.EXPOSURE_WEIGHTS);
  }

  private FolderContext context() {
    return new FolderContext(folder)
        .with(
            Tables.DOCUMENTS,
            SPARK.createDataFrame(
                List.of(
                    document("a", "whales in the sea"),
                    document("b", "a sea of whales"),
                    document("c", "the parser of the compiler"),
                    document("d", "a compiler without parser")),
                Tables.DOCUMENTS_SCHEMA))
        .with(
            Tables.EDGES,
            SPARK.createDataFrame(
                List.of(RowFactory.create("a", "b", 0, 1.0, "bm25")), Tables.EDGES_SCHEMA))
        .with(
            Tables.SEQUENCES,
            SPARK.createDataFrame(
                List.of(sequence(0, "a", "b"), sequence(1, "c", "d")), Tables.SEQUENCES_SCHEMA));
  }

  private static Row document(String id, String text) {
    return RowFactory.create(
        id, "web", "s", text, (long) text.length(), "", null, null, Collections.emptyMap());
  }

  private static Row sequence(long id, String first, String second) {
    Integer[] tokens = new Integer[20];
    for (int t = 0; t < tokens.length; t++) {
      tokens[t] = t % (5 + (int) id);
    }

    return RowFactory.create(
        id,
        tokens,
        new Row[] {
          RowFactory.create(first, 0, 0, 12, "body"),
          RowFactory.create(second, 0, 0, 6, "body"),
          RowFactory.create(null, null, 0, 2, "pad")
        },
        new Integer[] {12, 6, 2},
        null,
        new Integer[] {18, 2},
        0.5,
        "splice",
        new String[] {"web"});
  }
}
