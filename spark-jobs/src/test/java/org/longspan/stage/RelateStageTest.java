package org.longspan.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longspan.action.SliceBy;
import org.longspan.action.TokenizeAction;
import org.longspan.conf.ConfigurationException;
import org.longspan.model.TorchScript;
import org.longspan.relate.EntropyLong;
import org.longspan.retrieve.RetrieverParameters;
import org.longspan.run.Balance;
import org.longspan.run.Counts;
import org.longspan.testing.LocalSpark;

class RelateStageTest {
  private static final RelateStage STAGE =
      new RelateStage("bm25", new RetrieverParameters(5, 32), 1000, SliceBy.HASH);

  @TempDir private Path output;

  @Test
  void theEdgesAreWrittenAndASecondAttemptReusesTheSlices() {
    Context first = new Context();
    Balance counts = STAGE.run(first);
    Context second = new Context();
    STAGE.run(second);

    assertThat(counts).isEqualTo(Balance.unchanged(new Counts(4, 40)));
    assertThat(first.written.get("edges"))
        .extracting(edge -> edge.getString(0) + " " + edge.getString(1) + " " + edge.getInt(2))
        .containsExactlyInAnyOrder("a b 0", "b a 0");
    assertThat(first.figures).containsEntry("slices", 1.0).containsEntry("slices.reused", 0.0);
    assertThat(second.figures).containsEntry("slices.reused", 1.0);
    assertThat(second.lines).containsExactly("relate: 1 of 1 slices were finished before");
    assertThat(second.written).isEqualTo(first.written);
  }

  @Test
  void theIdentityHasEverythingThatDecidesTheEdges() {
    assertThat(STAGE.identity())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "retriever", "bm25",
                "slice-by", "HASH",
                "slice-documents", "1000",
                "bm25.neighbours", "5",
                "bm25.query-terms", "32",
                "bm25.characters", "1048576",
                "bm25.k1", "1.2",
                "bm25.b", "0.75"));
  }

  @Test
  void aCheckLeavesEdgesOutAndCountsThem() {
    RelateStage stage = STAGE.checking(check(64));
    Context context = new Context();

    Balance counts = stage.run(context);

    assertThat(counts).isEqualTo(Balance.unchanged(new Counts(4, 40)));
    assertThat(context.written.get("edges")).isEmpty();
    assertThat(context.figures)
        .containsEntry("edges.kept", 0.0)
        .containsEntry("edges.dropped", 2.0)
        .containsEntry("edges.unchecked", 0.0);
    assertThat(stage.upstream()).containsExactly("ingest", "tokenize", "upsample");
    assertThat(STAGE.upstream()).containsExactly("ingest", "upsample");
  }

  @Test
  void aCheckIsPartOfTheIdentityAndMustFitTheModel() {
    assertThat(STAGE.checking(check(64)).identity())
        .containsKeys("check", "check.model", "check.batch-tokens", "check.device")
        .containsEntry("check.window", "64")
        .containsEntry("retriever", "bm25");
    assertThatThrownBy(() -> STAGE.checking(check(4096)).identity())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("relate.check.window");
  }

  /** No neighbour of so short a document makes a model so sure. */
  private static EdgeCheck check(int window) {
    return new EdgeCheck(
        new EntropyLong(2, 0.99, EntropyLong.Over.MEAN, false),
        window,
        "builtin:starter",
        TorchScript.REFUSED,
        4096,
        "cpu",
        "builtin:starter");
  }

  @Test
  void valuesThatCannotWorkAreRefused() {
    assertThatThrownBy(
            () -> new RelateStage("bm25", new RetrieverParameters(5, 32), 0, SliceBy.HASH))
        .hasMessageContaining("not 0");
    assertThatThrownBy(
            () -> new RelateStage("bm25", new RetrieverParameters(5, 0), 10, SliceBy.HASH))
        .hasMessageContaining("5, 0 and");
  }

  /** Two related documents, one of them twice, one unrelated, one not chosen. */
  private final class Context implements StageContext {
    private final Map<String, List<Row>> written = new TreeMap<>();
    private final Map<String, Double> figures = new TreeMap<>();
    private final List<String> lines = new ArrayList<>();

    @Override
    public SparkSession spark() {
      return LocalSpark.session();
    }

    @Override
    public long seed() {
      return 11;
    }

    @Override
    public Dataset<Row> table(String name) {
      return switch (name) {
        case Tables.DOCUMENTS ->
            spark()
                .createDataFrame(
                    List.of(
                        document("a", "the whale and the ship"),
                        document("b", "a ship met a whale"),
                        document("c", "interest"),
                        document("d", "ship whale ship whale")),
                    Tables.DOCUMENTS_SCHEMA);
        case Tables.SELECTION ->
            spark()
                .createDataFrame(
                    List.of(chosen("a", 2), chosen("b", 1), chosen("c", 1), chosen("d", 0)),
                    Tables.SELECTION_SCHEMA);
        case Tables.TOKENS ->
            TokenizeAction.on(spark(), table(Tables.DOCUMENTS), "builtin:starter").tokens();
        default -> throw new AssertionError("The stage must not read " + name);
      };
    }

    private static Row document(String id, String text) {
      return RowFactory.create(id, "sea", "source", text, 20L, "sha", null, null, Map.of());
    }

    private static Row chosen(String id, int copies) {
      return RowFactory.create(id, "sea", "short", 10, null, 1.0, copies, null);
    }

    @Override
    public Dataset<Row> write(String table, Dataset<Row> rows) {
      assertThat(rows.schema()).isEqualTo(Tables.schema(table));
      written.put(table, rows.orderBy("doc_id", "rank").collectAsList());
      return rows;
    }

    @Override
    public Dataset<Row> writeDrops(Dataset<Row> drops) {
      throw new AssertionError("Relating drops nothing.");
    }

    @Override
    public String workPath() {
      return output.resolve("work").toUri().toString();
    }

    @Override
    public String filesPath(String name) {
      throw new AssertionError("Relating writes no files.");
    }

    @Override
    public <T> T describe(String description, Supplier<T> work) {
      return work.get();
    }

    @Override
    public Consumer<String> progress() {
      return lines::add;
    }

    @Override
    public void figure(String name, double value) {
      figures.put(name, value);
    }
  }
}
