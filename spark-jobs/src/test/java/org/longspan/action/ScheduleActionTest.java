package org.longspan.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.longspan.conf.ConfigurationException;
import org.longspan.run.Balance;
import org.longspan.run.Counts;
import org.longspan.schedule.Batching;
import org.longspan.schedule.Curriculum;
import org.longspan.schedule.Curriculum.Mixture;
import org.longspan.schedule.Curriculum.Odds;
import org.longspan.schedule.LossWeights;
import org.longspan.schedule.PhaseOrder;
import org.longspan.schedule.Rest;
import org.longspan.schedule.ScheduleParameters;
import org.longspan.stage.StageFailedException;
import org.longspan.stage.Tables;
import org.longspan.testing.LocalSpark;

class ScheduleActionTest {
  private static final SparkSession SPARK = LocalSpark.session();
  private static final Curriculum NATURAL = new Curriculum(Odds.NATURAL, 1, Mixture.NATURAL);

  /** Sequences of 16 tokens in 1 to 16 documents: costs from 16 to 256. */
  private final Dataset<Row> fifty = sequences(0, 50, 16);

  @ParameterizedTest
  @EnumSource
  void everySequenceIsReadOnceAndStepsAreWhole(Batching batching) {
    Map<Long, Long> costs = costs(fifty);

    List<Row> steps = rows(batching, Rest.SHORT, fifty);

    assertThat(steps).extracting(row -> row.getLong(0)).isEqualTo(numbers(13));
    assertThat(steps).extracting(row -> row.getList(3).size()).containsOnly(4, 2);
    assertThat(steps.get(12).getList(3)).as("the short step comes last").hasSize(2);
    assertThat(read(steps)).containsExactlyInAnyOrderElementsOf(costs.keySet());
    for (Row step : steps) {
      List<Long> ids = step.getList(3);
      assertThat(ids).isSorted();
      assertThat(step.getLong(4)).isEqualTo(ids.stream().mapToLong(costs::get).sum());
      assertThat(step.isNullAt(1)).isTrue();
      assertThat(step.getInt(2)).isEqualTo(16);
      assertThat(step.isNullAt(5)).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void theScheduleIsTheSameForAnyPartitioning(Batching batching) {
    List<Row> one = rows(batching, Rest.LEAVE, fifty.coalesce(1));

    assertThat(rows(batching, Rest.LEAVE, fifty.repartition(7))).isEqualTo(one);
    assertThat(rows(batching, Rest.LEAVE, fifty.orderBy("seq_lengths").repartition(40)))
        .isEqualTo(one);
  }

  @Test
  void costsAreAlikeInBalancedStepsAndInsideSortedOnes() {
    Dataset<Row> many = sequences(0, 400, 16);
    Map<Long, Long> costs = costs(many);

    assertThat(spread(rows(Batching.BALANCED, Rest.LEAVE, many))).isLessThanOrEqualTo(240);
    assertThat(spread(rows(Batching.SHUFFLED, Rest.LEAVE, many))).isGreaterThan(240);
    for (Row step : rows(Batching.SORTED, Rest.LEAVE, many)) {
      LongStream inside = step.<Long>getList(3).stream().mapToLong(costs::get);
      assertThat(inside.distinct().count()).isLessThanOrEqualTo(2);
    }
  }

  @Test
  void phasesAndLengthsNeverShareAStep() {
    PhaseSequences longs = new PhaseSequences("long", sequences(0, 92, 64));
    PhaseSequences shorts =
        new PhaseSequences("short", sequences(0, 128, 4).union(sequences(128, 64, 8)));

    try (ScheduleResult together =
        ScheduleAction.on(SPARK, List.of(longs, shorts))
            .parameters(
                new ScheduleParameters(
                    Batching.BALANCED, 64, Rest.LEAVE, PhaseOrder.TOGETHER, NATURAL))
            .execute()) {
      List<Row> steps = together.schedule().collectAsList();

      assertThat(steps).hasSize(92 + 8 + 8);
      Map<String, Integer> counts = new TreeMap<>();
      for (Row step : steps) {
        assertThat(step.getList(3).size() * step.getInt(2)).isEqualTo(64);
        counts.merge(step.getString(1) + " " + step.getInt(2), 1, Integer::sum);
      }

      assertThat(counts).isEqualTo(Map.of("long 64", 92, "short 4", 8, "short 8", 8));
      assertThat(steps.subList(0, 92)).extracting(row -> row.getString(1)).contains("short");
    }

    try (ScheduleResult inTurn =
        ScheduleAction.on(SPARK, List.of(longs, shorts))
            .parameters(
                new ScheduleParameters(
                    Batching.SHUFFLED,
                    64,
                    Rest.LEAVE,
                    PhaseOrder.IN_TURN,
                    new Curriculum(Odds.GROW_P100, 1, Mixture.NATURAL)))
            .execute()) {
      List<Row> steps = inTurn.schedule().collectAsList();

      assertThat(steps.subList(0, 92)).extracting(row -> row.getString(1)).containsOnly("long");
      assertThat(steps.subList(92, 98)).extracting(row -> row.getInt(2)).containsOnly(4);
    }
  }

  @Test
  void whatNoStepReadsIsListedSpanBySpan() {
    try (ScheduleResult left = schedule(Batching.SORTED, Rest.LEAVE, fifty)) {
      Set<Long> read = new HashSet<>(read(left.schedule().collectAsList()));
      List<Row> drops = left.drops().select("doc_id", "reason", "tokens", "detail").collectAsList();

      assertThat(read).hasSize(48);
      assertThat(drops).extracting(row -> row.getString(1)).containsOnly("not-scheduled");
      assertThat(drops.stream().mapToLong(row -> row.getLong(2)).sum()).isEqualTo(32);
      assertThat(drops)
          .extracting(row -> Long.parseLong(row.getString(3).replace("sequence ", "")))
          .doesNotContainAnyElementsOf(read);
      assertThat(left.counts().holds()).isTrue();
      assertThat(left.counts().dropped())
          .containsOnly(Map.entry("not-scheduled", new Counts(0, 32)));
    }

    try (ScheduleResult whole = schedule(Batching.SORTED, Rest.SHORT, fifty)) {
      assertThat(whole.drops().count()).isZero();
      assertThat(whole.counts()).isEqualTo(Balance.unchanged(whole.counts().in()));
      assertThat(whole.counts().in().tokens()).isEqualTo(800);
    }
  }

  @Test
  void documentsOfAStepWeighAlikeAndPaddingIsNone() {
    Dataset<Row> two =
        SPARK.createDataFrame(
            List.of(row(0, 16), row(1, 4, 4, 8), padded(2, 12, 4), row(3, 8, 8)),
            Tables.SEQUENCES_SCHEMA);

    try (ScheduleResult weighted =
        ScheduleAction.on(SPARK, List.of(new PhaseSequences(null, two)))
            .parameters(parameters(Batching.SHUFFLED, Rest.LEAVE))
            .lossWeights(LossWeights.DOCUMENTS)
            .execute()) {
      Row step = weighted.schedule().first();

      // Documents: 1, 3, 1 and 2; four sequences over seven documents.
      List<Double> weights = step.getList(5);
      assertThat(weights.get(0)).isCloseTo(4 / 7.0, within(1e-12));
      assertThat(weights.get(1)).isCloseTo(12 / 7.0, within(1e-12));
      assertThat(weights.get(2)).isCloseTo(4 / 7.0, within(1e-12));
      assertThat(weights.get(3)).isCloseTo(8 / 7.0, within(1e-12));
      // Padding is a segment that is computed like others.
      assertThat(step.getLong(4)).isEqualTo(256 + (16 + 16 + 64) + (144 + 16) + (64 + 64));
    }
  }

  @Test
  void theSeedDecidesWhatSharesAStep() {
    assertThat(rows(Batching.SHUFFLED, Rest.LEAVE, fifty))
        .isNotEqualTo(
            ScheduleAction.on(SPARK, List.of(new PhaseSequences(null, fifty)))
                .parameters(parameters(Batching.SHUFFLED, Rest.LEAVE))
                .seed(12)
                .execute()
                .schedule()
                .collectAsList());
  }

  @Test
  void whatCanNotBeScheduledIsSaid() {
    Dataset<Row> none = SPARK.createDataFrame(List.of(), Tables.SEQUENCES_SCHEMA);
    assertThatThrownBy(() -> schedule(Batching.SORTED, Rest.LEAVE, none))
        .isInstanceOf(StageFailedException.class)
        .hasMessageContaining("the sequences table is empty");
    assertThatThrownBy(() -> schedule(Batching.SORTED, Rest.LEAVE, sequences(0, 9, 24)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("longspan.schedule.step-tokens")
        .hasMessageContaining("64 tokens is no whole number of sequences of 24 tokens")
        .hasMessageContaining("the next is 72");
    assertThatThrownBy(() -> schedule(Batching.SORTED, Rest.LEAVE, sequences(0, 3, 16)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("3 of 16 tokens");
    PhaseSequences phase = new PhaseSequences("a", fifty);
    assertThatThrownBy(() -> ScheduleAction.on(SPARK, List.of(phase, phase)).execute())
        .isInstanceOf(StageFailedException.class)
        .hasMessageContaining("Two phases have the name a");
  }

  private static ScheduleParameters parameters(Batching batching, Rest rest) {
    return new ScheduleParameters(batching, 64, rest, PhaseOrder.IN_TURN, NATURAL);
  }

  private static ScheduleResult schedule(Batching batching, Rest rest, Dataset<Row> sequences) {
    return ScheduleAction.on(SPARK, List.of(new PhaseSequences(null, sequences)))
        .parameters(parameters(batching, rest))
        .execute();
  }

  private static List<Row> rows(Batching batching, Rest rest, Dataset<Row> sequences) {
    try (ScheduleResult result = schedule(batching, rest, sequences)) {
      assertThat(result.schedule().schema().fieldNames())
          .isEqualTo(Tables.SCHEDULE_SCHEMA.fieldNames());
      return result.schedule().collectAsList();
    }
  }

  private static List<Long> read(List<Row> steps) {
    return steps.stream().flatMap(step -> step.<Long>getList(3).stream()).toList();
  }

  private static List<Long> numbers(long count) {
    return LongStream.range(0, count).boxed().toList();
  }

  private static long spread(List<Row> steps) {
    List<Long> costs = steps.stream().map(step -> step.getLong(4)).sorted().toList();
    return costs.get(costs.size() - 1) - costs.get(0);
  }

  private static Map<Long, Long> costs(Dataset<Row> sequences) {
    Map<Long, Long> costs = new TreeMap<>();
    for (Row row : sequences.select("sequence_id", "seq_lengths").collectAsList()) {
      costs.put(
          row.getLong(0), row.<Integer>getList(1).stream().mapToLong(n -> (long) n * n).sum());
    }

    return costs;
  }

  /** Sequences of one document to {@code length} of them, all as long as they can be alike. */
  private static Dataset<Row> sequences(long first, int count, int length) {
    List<Row> rows = new ArrayList<>();
    for (long id = first; id < first + count; id++) {
      int documents = 1 + (int) (id * 7 % length);
      int[] lengths = new int[documents];
      Arrays.fill(lengths, 1);
      lengths[0] = length - documents + 1;
      rows.add(row(id, lengths));
    }

    return SPARK.createDataFrame(rows, Tables.SEQUENCES_SCHEMA);
  }

  private static Row row(long id, int... lengths) {
    return row(id, false, lengths);
  }

  /** The last segment is padding. */
  private static Row padded(long id, int... lengths) {
    return row(id, true, lengths);
  }

  private static Row row(long id, boolean isPadded, int... lengths) {
    List<Row> spans = new ArrayList<>();
    List<Integer> segments = new ArrayList<>();
    int all = 0;
    for (int i = 0; i < lengths.length; i++) {
      boolean pad = isPadded && i == lengths.length - 1;
      spans.add(
          pad
              ? RowFactory.create(null, null, 0, lengths[i], "pad")
              : RowFactory.create("doc-" + id + "-" + i, 0, 0, lengths[i], "body"));
      segments.add(lengths[i]);
      all += lengths[i];
    }

    return RowFactory.create(
        id,
        Collections.nCopies(all, 7).toArray(new Integer[0]),
        spans.toArray(new Row[0]),
        segments.toArray(new Integer[0]),
        null,
        null,
        0.0,
        "best-fit",
        new String[] {"web"});
  }
}
