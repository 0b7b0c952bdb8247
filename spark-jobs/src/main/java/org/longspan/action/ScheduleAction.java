package org.longspan.action;

import static java.util.Objects.requireNonNullElse;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.udf;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.types.DataTypes;
import org.longspan.conf.ConfigurationException;
import org.longspan.conf.Problem;
import org.longspan.run.Balance;
import org.longspan.run.Counts;
import org.longspan.schedule.Batching;
import org.longspan.schedule.Curriculum;
import org.longspan.schedule.DocumentWeights;
import org.longspan.schedule.Lane;
import org.longspan.schedule.LaneSteps;
import org.longspan.schedule.LossWeights;
import org.longspan.schedule.PhaseOrder;
import org.longspan.schedule.Rest;
import org.longspan.schedule.ScheduleParameters;
import org.longspan.schedule.SchedulePlan;
import org.longspan.seed.Seeded;
import org.longspan.stage.StageFailedException;
import org.longspan.stage.Tables;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * Decides which sequences each step of a training reads.
 *
 * <p>Of the sequences only their ids, lengths and costs are read and moved, never a token. They are
 * ranked inside their lanes by distributed sorts, once by chance and, where batching is by cost,
 * once by cost; the {@link SchedulePlan} says a sequence's step by its rank. The driver and each
 * executor hold one int a step, and the driver a row a lane.
 *
 * <p>A sequence costs the sum of its squared {@code seq_lengths}: what attention pays that stays
 * inside documents. Padding counts, since it is a segment of the row that a trainer computes like
 * any other.
 */
public final class ScheduleAction {
  static final String NOT_SCHEDULED = "not-scheduled";

  private static final Curriculum NATURAL =
      new Curriculum(Curriculum.Odds.NATURAL, 1, Curriculum.Mixture.NATURAL);

  private final SparkSession spark;
  private final List<PhaseSequences> phases;

  private ScheduleParameters parameters =
      new ScheduleParameters(Batching.SHUFFLED, 4_194_304, Rest.LEAVE, PhaseOrder.IN_TURN, NATURAL);
  private LossWeights lossWeights = LossWeights.NONE;
  private long seed = 11;

  private ScheduleAction(SparkSession spark, List<PhaseSequences> phases) {
    this.spark = spark;
    this.phases = List.copyOf(phases);
  }

  /** Schedules the sequences of one phase or of several, in the order of training. */
  public static ScheduleAction on(SparkSession spark, List<PhaseSequences> phases) {
    return new ScheduleAction(spark, phases);
  }

  /** How steps are made; by default of 4,194,304 tokens, by chance, what is left over left out. */
  public ScheduleAction parameters(ScheduleParameters values) {
    this.parameters = values;
    return this;
  }

  /** Whether sequences of a step have weights; by default none. */
  public ScheduleAction lossWeights(LossWeights weights) {
    this.lossWeights = weights;
    return this;
  }

  /** Decides every chance choice; 11 by default. */
  public ScheduleAction seed(long value) {
    this.seed = value;
    return this;
  }

  /**
   * Plans the steps. They are filled when the result's tables are read.
   *
   * @throws ConfigurationException where a step has no whole number of sequences of some length, or
   *     none is filled
   * @throws StageFailedException where there are no sequences, or two phases have one name
   */
  public ScheduleResult execute() {
    Instant began = Instant.now();
    requireDistinctNames();
    Dataset<Row> held = MeasuredSequences.of(phases).persist();
    try {
      SortedMap<Lane, MeasuredSequences.Contents> lanes =
          JobDescription.during(
              spark, "Schedule: measure the sequences", () -> MeasuredSequences.contents(held));
      SortedMap<Lane, Long> counts = new TreeMap<>();
      lanes.forEach((lane, contents) -> counts.put(lane, contents.sequences()));
      SchedulePlan plan = plan(counts);
      Dataset<Row> assigned =
          JobDescription.during(
              spark, "Schedule: rank the sequences", () -> assigned(held, counts, plan));

      return new ScheduleResult(
          schedule(assigned.where(col("step").geq(0))),
          drops(assigned.where(col("step").lt(0)), plan, counts),
          held,
          balance(lanes, plan),
          Duration.between(began, Instant.now()));
    } catch (RuntimeException e) {
      held.unpersist();
      throw e;
    }
  }

  private void requireDistinctNames() {
    Set<String> names = new HashSet<>();
    for (PhaseSequences phase : phases) {
      if (!names.add(phase.phase())) {
        throw new StageFailedException(
            "Two phases have the name %s: a schedule needs a name of its own for each."
                .formatted(phase.phase()));
      }
    }
  }

  private SchedulePlan plan(SortedMap<Lane, Long> counts) {
    if (counts.isEmpty()) {
      throw new StageFailedException(
          "There is nothing to schedule: the sequences table is empty. Run pack before schedule.");
    }

    try {
      return SchedulePlan.of(counts, parameters, seed);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(
          List.of(new Problem("configuration", "longspan.schedule.step-tokens", e.getMessage())));
    }
  }

  /** The measured sequences and {@code step}, int; -1: none reads it. */
  private Dataset<Row> assigned(
      Dataset<Row> measured, SortedMap<Lane, Long> counts, SchedulePlan plan) {
    List<Lane> lanes = List.copyOf(plan.lanes().keySet());
    // An array of plain objects, which every serializer can write; the lanes go with the functions.
    Broadcast<LaneSteps[]> steps =
        JavaSparkContext.fromSparkContext(spark.sparkContext())
            .broadcast(plan.lanes().values().toArray(new LaneSteps[0]));
    Column step =
        udf(
                (UDF3<Integer, Integer, Long, Integer>)
                    (phase, length, rank) -> {
                      LaneSteps lane = of(phase, length, lanes, steps);
                      return rank < lane.kept() ? lane.step(rank) : lane.shortStep();
                    },
                DataTypes.IntegerType)
            .apply(col("phase"), col("length"), col("rank"));
    Dataset<Row> byChance = LaneRanks.of(spark, measured, chance(), counts);
    if (!parameters.batching().byCost()) {
      return byChance.withColumn("step", step);
    }

    Column kept =
        udf(
                (UDF2<Integer, Integer, Long>)
                    (phase, length) -> of(phase, length, lanes, steps).kept(),
                DataTypes.LongType)
            .apply(col("phase"), col("length"));
    SortedMap<Lane, Long> keptCounts = new TreeMap<>();
    plan.lanes().forEach((lane, its) -> keptCounts.put(lane, its.kept()));
    Dataset<Row> byCost =
        LaneRanks.of(
            spark, byChance.where(col("rank").lt(kept)).drop("rank"), col("cost"), keptCounts);
    return byCost.union(byChance.where(col("rank").geq(kept))).withColumn("step", step);
  }

  private static LaneSteps of(
      int phase, int length, List<Lane> lanes, Broadcast<LaneSteps[]> steps) {
    return steps.value()[Collections.binarySearch(lanes, new Lane(phase, length))];
  }

  private Column chance() {
    List<String> names = names();
    long runSeed = seed;
    return udf(
            (UDF2<Integer, Long, Long>)
                (phase, id) ->
                    Seeded.hash(runSeed, "schedule", requireNonNullElse(names.get(phase), ""), id),
            DataTypes.LongType)
        .apply(col("phase"), col("sequence_id"));
  }

  /** The names of the phases; null where one has none. */
  private List<String> names() {
    List<String> names = new ArrayList<>();
    phases.forEach(phase -> names.add(phase.phase()));
    return names;
  }

  private Dataset<Row> schedule(Dataset<Row> assigned) {
    Column weights =
        lossWeights == LossWeights.DOCUMENTS
            ? udf(
                    (UDF1<Seq<Integer>, double[]>) ScheduleAction::weights,
                    DataTypes.createArrayType(DataTypes.DoubleType, false))
                .apply(col("each.documents"))
            : lit(null).cast(DataTypes.createArrayType(DataTypes.DoubleType, false));
    return assigned
        .groupBy("step", "phase", "length")
        .agg(
            sort_array(collect_list(struct(col("sequence_id"), col("documents")))).as("each"),
            sum("cost").as("cost"))
        .select(
            col("step").cast(DataTypes.LongType).as("step"),
            phaseName().as("phase"),
            col("length").as("sequence_length"),
            col("each.sequence_id").as("sequence_ids"),
            col("cost"),
            weights.as("loss_weights"))
        .orderBy("step");
  }

  private static double[] weights(Seq<Integer> documents) {
    return DocumentWeights.of(
        JavaConverters.seqAsJavaList(documents).stream().mapToInt(Integer::intValue).toArray());
  }

  private Column phaseName() {
    List<String> names = names();
    return udf((UDF1<Integer, String>) names::get, DataTypes.StringType).apply(col("phase"));
  }

  /** A row for each span of a sequence that no step reads. */
  private Dataset<Row> drops(Dataset<Row> left, SchedulePlan plan, SortedMap<Lane, Long> counts) {
    if (counts.entrySet().stream().allMatch(e -> left(plan, e.getKey(), e.getValue()) == 0)) {
      return spark.createDataFrame(List.of(), Tables.DROPS_SCHEMA);
    }

    return MeasuredSequences.select(phases, col("sequence_id"), explode(col("spans")).as("span"))
        .join(left.select("phase", "sequence_id"), new String[] {"phase", "sequence_id"}, "inner")
        .select(
            col("span.doc_id").as("doc_id"),
            lit("schedule").as("stage"),
            lit(NOT_SCHEDULED).as("reason"),
            col("span.end").minus(col("span.start")).cast(DataTypes.LongType).as("tokens"),
            concat(lit("sequence "), col("sequence_id").cast(DataTypes.StringType)).as("detail"));
  }

  private static Balance balance(
      SortedMap<Lane, MeasuredSequences.Contents> lanes, SchedulePlan plan) {
    long copies = 0;
    long tokens = 0;
    long left = 0;
    for (Map.Entry<Lane, MeasuredSequences.Contents> lane : lanes.entrySet()) {
      MeasuredSequences.Contents contents = lane.getValue();
      int length = lane.getKey().sequenceLength();
      copies += contents.copies();
      tokens += contents.sequences() * length;
      left += left(plan, lane.getKey(), contents.sequences()) * length;
    }

    return Balance.of(
        new Counts(copies, tokens),
        Map.of(),
        new Counts(copies, tokens - left),
        left == 0 ? Map.of() : Map.of(NOT_SCHEDULED, new Counts(0, left)));
  }

  /** Sequences of a lane that no step reads. */
  private static long left(SchedulePlan plan, Lane lane, long sequences) {
    LaneSteps steps = plan.lane(lane);
    return steps.hasShortStep() ? 0 : sequences - steps.kept();
  }
}
