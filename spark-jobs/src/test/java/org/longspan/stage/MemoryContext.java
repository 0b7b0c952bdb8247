package org.longspan.stage;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A stage's surroundings without a run directory: tables as they are given, written as Parquet. */
final class MemoryContext implements StageContext {
  final Map<String, Dataset<Row>> tables = new HashMap<>();
  final Map<String, Double> figures = new HashMap<>();
  final List<String> lines = new ArrayList<>();
  private final SparkSession spark;
  private final Path directory;

  MemoryContext(SparkSession spark, Path directory) {
    this.spark = spark;
    this.directory = directory;
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
    return tables.get(name);
  }

  @Override
  public Dataset<Row> write(String table, Dataset<Row> rows) {
    String path = directory.resolve(table).toString();
    rows.write().parquet(path);
    tables.put(table, spark.read().schema(Tables.schema(table)).parquet(path));
    return tables.get(table);
  }

  @Override
  public Dataset<Row> writeDrops(Dataset<Row> drops) {
    return write(Tables.DROPS, drops);
  }

  @Override
  public String workPath() {
    return directory.resolve("work").toString();
  }

  @Override
  public String filesPath(String name) {
    return directory.resolve(name).toString();
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
