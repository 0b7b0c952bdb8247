package org.longspan.stage;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.longspan.action.PhaseSequences;
import org.longspan.action.ScheduleAction;
import org.longspan.action.ScheduleResult;
import org.longspan.action.ScheduledLane;
import org.longspan.run.Balance;
import org.longspan.run.Counts;
import org.longspan.schedule.LossWeights;
import org.longspan.schedule.ScheduleParameters;

/** Decides which sequences each step of a training reads: the table {@code schedule}. */
public final class ScheduleStage implements Stage {
  /** The same rows for trainers that read no Parquet, one object a step, in order. */
  private static final String LINES = "schedule-jsonl";

  private final List<Source> sources;
  private final ScheduleParameters parameters;
  private final LossWeights lossWeights;

  /**
   * @param sources the sequences of each phase, in the order of training
   */
  public ScheduleStage(
      List<Source> sources, ScheduleParameters parameters, LossWeights lossWeights) {
    this.sources = List.copyOf(sources);
    this.parameters = parameters;
    this.lossWeights = lossWeights;
  }

  /**
   * Where the sequences of a phase lie.
   *
   * @param phase its name; null where the run has no phases
   * @param table of its sequences
   * @param stage that writes the table
   */
  public record Source(String phase, String table, String stage) {}

  @Override
  public String name() {
    return "schedule";
  }

  @Override
  public List<String> upstream() {
    return sources.stream().map(Source::stage).toList();
  }

  @Override
  public List<String> tables() {
    return List.of(Tables.SCHEDULE);
  }

  @Override
  public SortedMap<String, String> identity() {
    SortedMap<String, String> identity = new TreeMap<>();
    identity.put("sources", sources.toString());
    identity.put("order", parameters.batching().name());
    identity.put("step-tokens", Long.toString(parameters.stepTokens()));
    identity.put("rest", parameters.rest().name());
    identity.put("phases", parameters.phases().name());
    identity.put("odds", parameters.curriculum().odds().name());
    identity.put("cycles", Integer.toString(parameters.curriculum().cycles()));
    identity.put("mixture", parameters.curriculum().mixture().name());
    identity.put("loss-weights", lossWeights.name());
    return identity;
  }

  @Override
  public boolean seeded() {
    return true;
  }

  @Override
  public Balance run(StageContext context) {
    List<PhaseSequences> phases = new ArrayList<>();
    sources.forEach(
        source -> phases.add(new PhaseSequences(source.phase(), context.table(source.table()))));
    ScheduleAction action =
        ScheduleAction.on(context.spark(), phases)
            .parameters(parameters)
            .lossWeights(lossWeights)
            .seed(context.seed());

    try (ScheduleResult planned = action.execute()) {
      Dataset<Row> written =
          context.describe(
              "fill the steps", () -> context.write(Tables.SCHEDULE, planned.schedule()));
      context.describe("list what no step reads", () -> context.writeDrops(planned.drops()));
      context.describe("write the steps as JSON lines", () -> writeLines(written, context));
      List<ScheduledLane> lanes =
          context.describe("count the steps", () -> ScheduledLane.of(written));
      tell(lanes, planned.counts(), context);

      // Tokens that really are in the table, whatever the plan was.
      long tokens = lanes.stream().mapToLong(ScheduledLane::tokens).sum();
      Balance counts = planned.counts();
      return Balance.of(
          counts.in(),
          counts.added(),
          new Counts(counts.out().documents(), tokens),
          counts.dropped());
    }
  }

  private static String writeLines(Dataset<Row> schedule, StageContext context) {
    String folder = context.filesPath(LINES);
    schedule
        .orderBy("step")
        .write()
        .mode("overwrite")
        .option("ignoreNullFields", "false")
        .json(folder);
    return folder;
  }

  private void tell(List<ScheduledLane> lanes, Balance counts, StageContext context) {
    long steps = lanes.stream().mapToLong(ScheduledLane::steps).sum();
    double imbalance = lanes.stream().mapToDouble(ScheduledLane::imbalance).max().orElse(1);
    long left = counts.dropped().values().stream().mapToLong(Counts::tokens).sum();
    context.figure("steps", steps);
    context.figure("imbalance", imbalance);
    context.figure("tokens.left", left);
    for (ScheduledLane lane : lanes) {
      context.figure("steps." + lane.label(), lane.steps());
      context.figure("sequences." + lane.label(), lane.sequences());
      context.figure("imbalance." + lane.label(), lane.imbalance());
    }

    say(
        context,
        "%,d steps of %,d tokens; the dearest costs %.3f times the mean of its length",
        steps,
        parameters.stepTokens(),
        imbalance);
    if (left > 0) {
      say(context, "%,d tokens fill no whole step and are left out (schedule.rest)", left);
    }
  }

  private static void say(StageContext context, String format, Object... values) {
    context.progress().accept(String.format(Locale.ROOT, format, values));
  }
}
