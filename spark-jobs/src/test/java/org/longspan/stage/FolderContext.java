package org.longspan.stage;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.longspan.testing.LocalSpark;

/** A stage's surroundings in one folder, without staging or commit. */
final class FolderContext implements StageContext {
  private final Path folder;
  private final Map<String, Dataset<Row>> tables = new HashMap<>();
  private final SortedMap<String, Double> figures = new TreeMap<>();
  private final List<String> lines = new ArrayList<>();

  FolderContext(Path folder) {
    this.folder = folder;
  }

  FolderContext with(String name, Dataset<Row> table) {
    tables.put(name, table);
    return this;
  }

  SortedMap<String, Double> figures() {
    return figures;
  }

  List<String> lines() {
    return lines;
  }

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
    return tables.get(name);
  }

  @Override
  public Dataset<Row> write(String table, Dataset<Row> rows) {
    String path = folder.resolve(table).toUri().toString();
    rows.write().parquet(path);
    tables.put(table, spark().read().parquet(path));
    return tables.get(table);
  }

  @Override
  public Dataset<Row> writeDrops(Dataset<Row> drops) {
    return write(Tables.DROPS, drops);
  }

  @Override
  public String workPath() {
    return folder.resolve("work").toUri().toString();
  }

  @Override
  public String filesPath(String name) {
    return folder.resolve(name).toUri().toString();
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
