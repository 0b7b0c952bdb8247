package org.longspan.stage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.longspan.action.JobDescription;
import org.longspan.run.Artifact;
import org.longspan.run.RunWriter;

/** A stage that runs in a run directory, and what it has written so far. */
final class StageRun implements StageContext {
  private static final long ROW_GROUP_BYTES = 32L << 20;
  private static final Pattern FILES = Pattern.compile("([a-z0-9][a-z0-9-]*/)?[a-z][a-z0-9-]*");

  private final SparkSession spark;
  private final RunWriter run;
  private final RunPlan plan;
  private final RunPlan.Step step;
  private final long seed;
  private final Consumer<String> terminal;
  private final Set<String> written = new HashSet<>();
  private final Set<String> files = new HashSet<>();
  private final SortedMap<String, Double> figures = new TreeMap<>();

  StageRun(
      SparkSession spark,
      RunWriter run,
      RunPlan plan,
      RunPlan.Step step,
      long seed,
      Consumer<String> terminal) {
    this.spark = spark;
    this.run = run;
    this.plan = plan;
    this.step = step;
    this.seed = seed;
    this.terminal = terminal;
  }

  @Override
  public SparkSession spark() {
    return spark;
  }

  /** Fails where the stage is not seeded: its tables would outlive a new seed. */
  @Override
  public long seed() {
    if (!step.stage().seeded()) {
      throw broken("reads the seed, but does not say that it is seeded");
    }

    return seed;
  }

  /** Fails where the stage does not name the table's stage upstream: it would miss its changes. */
  @Override
  public Dataset<Row> table(String name) {
    String writer =
        plan.writerOf(name)
            .orElseThrow(() -> broken("reads the table " + name + ", which no stage writes"));
    if (!step.upstream().containsKey(writer)) {
      throw broken(
          "reads the table " + name + " of stage " + writer + ", but does not name it upstream");
    }

    return read(name, run.directory().path(name));
  }

  @Override
  public Dataset<Row> write(String table, Dataset<Row> rows) {
    if (!step.stage().tables().contains(table)) {
      throw broken(
          "writes the table " + table + ", but says that it writes " + step.stage().tables());
    }

    return stage(table, rows);
  }

  @Override
  public Dataset<Row> writeDrops(Dataset<Row> drops) {
    return stage(Tables.DROPS, drops);
  }

  @Override
  public String workPath() {
    return run.workFolder(step.name(), step.fingerprint());
  }

  @Override
  public String filesPath(String name) {
    if (!FILES.matcher(name).matches() || plan.writerOf(name).isPresent() || name.equals("drops")) {
      throw broken("writes files to " + name + ", which is a table or no plain name");
    }

    files.add(name);
    return run.stagingFolder(step.name(), name);
  }

  @Override
  public <T> T describe(String description, Supplier<T> work) {
    try (JobDescription named = new JobDescription(spark, step.name() + ": " + description)) {
      return work.get();
    }
  }

  @Override
  public Consumer<String> progress() {
    return line -> terminal.accept(plan.line(step, line));
  }

  @Override
  public void figure(String name, double value) {
    figures.put(name, value);
  }

  SortedMap<String, Double> figures() {
    return Collections.unmodifiableSortedMap(figures);
  }

  /** What the stage has in staging, in name order. */
  List<Artifact> artifacts() {
    return Stream.concat(written.stream(), files.stream())
        .sorted()
        .map(name -> run.staged(step.name(), name))
        .toList();
  }

  /** Whether a table is in staging. */
  boolean hasWritten(String table) {
    return written.contains(table);
  }

  /** This stage's rows of drops, an empty table where it has written none. */
  Dataset<Row> drops() {
    if (!hasWritten(Tables.DROPS)) {
      writeDrops(spark.createDataFrame(List.of(), Tables.DROPS_SCHEMA));
    }

    return read(Tables.DROPS, run.stagingPath(step.name(), Tables.DROPS));
  }

  private Dataset<Row> stage(String table, Dataset<Row> rows) {
    Dataset<Row> ordered = rows.select(columns(table, rows.schema()));
    if (!written.add(table)) {
      throw broken("writes the table " + table + " twice");
    }

    String path = run.stagingPath(step.name(), table);
    describe("write " + table, () -> writeParquet(ordered, path));
    return read(table, path);
  }

  /**
   * Row groups are small, and measured after every row: by default Parquet gathers a hundred rows
   * first, whatever their size, and Spark reads up to 4,096 rows of a group at once.
   */
  private static String writeParquet(Dataset<Row> rows, String path) {
    rows.write()
        .option("parquet.block.size", ROW_GROUP_BYTES)
        .option("parquet.page.size.row.check.min", 1)
        .option("parquet.block.size.row.check.min", 1)
        .parquet(path);
    return path;
  }

  private Dataset<Row> read(String table, String path) {
    return spark.read().schema(Tables.schema(table)).parquet(path);
  }

  /** The table's columns in its order, where rows have just these and of the same types. */
  private Column[] columns(String table, StructType given) {
    StructType wanted = Tables.schema(table);
    List<String> problems = new ArrayList<>();
    List<String> names = Arrays.asList(given.fieldNames());
    for (StructField field : wanted.fields()) {
      int place = names.indexOf(field.name());
      if (place < 0) {
        problems.add("without " + field.name());
      } else if (!type(given.fields()[place]).equals(type(field))) {
        problems.add(field.name() + " as " + type(given.fields()[place]) + ", not " + type(field));
      }
    }

    for (String name : names) {
      if (!Arrays.asList(wanted.fieldNames()).contains(name)) {
        problems.add("with " + name + ", which is no column of it");
      } else if (Collections.frequency(names, name) > 1) {
        problems.add("with " + name + " more than once");
      }
    }

    if (!problems.isEmpty()) {
      throw broken("gives the table " + table + " " + String.join("; ", problems));
    }

    return Arrays.stream(wanted.fieldNames()).map(functions::col).toArray(Column[]::new);
  }

  /** Without nullability: Spark reads every Parquet column back as nullable. */
  private static String type(StructField field) {
    return field.dataType().catalogString();
  }

  private IllegalStateException broken(String what) {
    return new IllegalStateException("Stage " + step.name() + " " + what + ".");
  }
}
