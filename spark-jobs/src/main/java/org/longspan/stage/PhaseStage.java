package org.longspan.stage;

import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.longspan.run.Balance;
import org.longspan.seed.Seeded;

/**
 * A stage as one phase runs it: under a name of its own, with tables in the phase's folder. What it
 * names of its own phase is the phase's, everything else the run's. Chance is each phase's own.
 */
public final class PhaseStage implements Stage {
  private final Phase phase;
  private final Stage stage;
  private final Set<String> stages;
  private final Set<String> tables;

  private PhaseStage(Phase phase, Stage stage, Set<String> stages, Set<String> tables) {
    this.phase = phase;
    this.stage = stage;
    this.stages = stages;
    this.tables = tables;
  }

  /** The stages of a phase, in their order. */
  public static List<Stage> of(Phase phase, List<Stage> stages) {
    Set<String> names = stages.stream().map(Stage::name).collect(Collectors.toUnmodifiableSet());
    Set<String> tables =
        stages.stream()
            .flatMap(stage -> stage.tables().stream())
            .collect(Collectors.toUnmodifiableSet());
    return stages.stream()
        .<Stage>map(stage -> new PhaseStage(phase, stage, names, tables))
        .toList();
  }

  @Override
  public String name() {
    return phase.stage(stage.name());
  }

  @Override
  public List<String> upstream() {
    return stage.upstream().stream()
        .map(name -> stages.contains(name) ? phase.stage(name) : name)
        .toList();
  }

  @Override
  public List<String> tables() {
    return stage.tables().stream().map(phase::table).toList();
  }

  @Override
  public SortedMap<String, String> identity() {
    return stage.identity();
  }

  @Override
  public boolean seeded() {
    return stage.seeded();
  }

  @Override
  public Balance run(StageContext context) {
    return stage.run(new Context(context));
  }

  /** What the stage inside is given: its own names for things that have longer ones. */
  private final class Context implements StageContext {
    private final StageContext run;

    Context(StageContext run) {
      this.run = run;
    }

    @Override
    public SparkSession spark() {
      return run.spark();
    }

    @Override
    public long seed() {
      return Seeded.hash(run.seed(), "phase", phase.name());
    }

    @Override
    public Dataset<Row> table(String name) {
      return run.table(tables.contains(name) ? phase.table(name) : name);
    }

    @Override
    public Dataset<Row> write(String table, Dataset<Row> rows) {
      return run.write(phase.table(table), rows);
    }

    @Override
    public Dataset<Row> writeDrops(Dataset<Row> drops) {
      return run.writeDrops(drops.withColumn("stage", functions.lit(name())));
    }

    @Override
    public String workPath() {
      return run.workPath();
    }

    @Override
    public String filesPath(String name) {
      return run.filesPath(phase.table(name));
    }

    @Override
    public <T> T describe(String description, Supplier<T> work) {
      return run.describe(description, work);
    }

    @Override
    public Consumer<String> progress() {
      return run.progress();
    }

    @Override
    public void figure(String name, double value) {
      run.figure(name, value);
    }
  }
}
