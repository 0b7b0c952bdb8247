package org.longspan.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longspan.ingest.InputFolder;
import org.longspan.ingest.SourceSpec;
import org.longspan.run.BadInputException;
import org.longspan.run.Balance;
import org.longspan.run.Counts;
import org.longspan.testing.LocalSpark;

class IngestStageTest {
  private final SparkSession spark = LocalSpark.session();
  @TempDir private Path folder;
  private InputFolder input;
  private Written context;

  @BeforeEach
  void open() {
    input = new InputFolder(folder.resolve("in"));
    context = new Written();
  }

  @Test
  void writesDocumentsDropsAndQuarantine() {
    input.file("a.txt", "alpha").file("b.txt", "alpha").file("c.txt", "");

    Balance balance = stage(1).run(context);

    assertThat(spark.read().parquet(context.path(Tables.DOCUMENTS)).count()).isEqualTo(1);
    assertThat(spark.read().parquet(context.path(Tables.DROPS)).count()).isEqualTo(1);
    assertThat(spark.read().parquet(context.path(Tables.QUARANTINE)).count()).isEqualTo(1);
    assertThat(balance.in()).isEqualTo(new Counts(2, 0));
    assertThat(balance.holds()).isTrue();
    assertThat(context.figures).containsEntry("quarantined.empty-text", 1.0);
    assertThat(context.told).hasSize(1);
  }

  @Test
  void tooManyBadRowsFailAfterQuarantineIsWritten() {
    input.file("a.txt", "alpha").file("c.txt", "");

    assertThatThrownBy(() -> stage(0).run(context)).isInstanceOf(BadInputException.class);

    assertThat(spark.read().parquet(context.path(Tables.QUARANTINE)).count()).isEqualTo(1);
  }

  @Test
  void anEmptyCorpusIsNamed() {
    input.file("c.jsonl", "\n\n");

    assertThatThrownBy(() -> stage(0).run(context))
        .isInstanceOf(StageFailedException.class)
        .hasMessageContaining("no document")
        .hasMessageContaining("input.sources");
  }

  @Test
  void theIdentityFollowsTheFiles() {
    input.file("a.txt", "alpha");
    Object before = stage(0).identity();

    assertThat(stage(0).identity()).isEqualTo(before);

    input.file("b.txt", "beta");
    assertThat(stage(0).identity()).isNotEqualTo(before);
  }

  private IngestStage stage(long maxBadRows) {
    return new IngestStage(
        List.of(SourceSpec.of(folder + "/in").withDomain("d")), maxBadRows, 1_000_000);
  }

  /** Writes tables to the test's folder. */
  private final class Written implements StageContext {
    private final TreeMap<String, Double> figures = new TreeMap<>();
    private final List<String> told = new ArrayList<>();

    String path(String table) {
      return folder + "/out/" + table;
    }

    @Override
    public SparkSession spark() {
      return spark;
    }

    @Override
    public long seed() {
      return 11;
    }

    @Override
    public Dataset<Row> table(String name) {
      throw new IllegalStateException("The first stage reads no table, not even " + name);
    }

    @Override
    public Dataset<Row> write(String table, Dataset<Row> rows) {
      rows.write().parquet(path(table));
      return spark.read().parquet(path(table));
    }

    @Override
    public Dataset<Row> writeDrops(Dataset<Row> drops) {
      return write(Tables.DROPS, drops);
    }

    @Override
    public String workPath() {
      return folder + "/work";
    }

    @Override
    public String filesPath(String name) {
      return folder + "/" + name;
    }

    @Override
    public <T> T describe(String description, Supplier<T> work) {
      return work.get();
    }

    @Override
    public Consumer<String> progress() {
      return told::add;
    }

    @Override
    public void figure(String name, double value) {
      figures.put(name, value);
    }
  }
}
