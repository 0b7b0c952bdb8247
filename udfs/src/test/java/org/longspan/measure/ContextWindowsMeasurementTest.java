package org.longspan.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.longspan.attention.Heads;
import org.longspan.attention.SpanMasses;
import org.longspan.context.Blocks;
import org.longspan.context.ContextWindow;
import org.longspan.context.ContextWindows;
import org.longspan.context.Contexts;
import org.longspan.context.PassPlan;
import org.longspan.context.ResponseLosses;
import org.longspan.context.ResponsePairs;
import org.longspan.context.SlidingWindow;
import org.longspan.context.WholePrefix;
import org.longspan.model.Besides;
import org.longspan.model.CausalLm;
import org.longspan.model.LoadedModels;
import org.longspan.model.ModelDirectory;
import org.longspan.model.ReferenceScores;
import org.longspan.score.LongCe;
import org.longspan.score.LongFilter;
import org.longspan.score.LongPpl;
import org.longspan.score.Score;

class ContextWindowsMeasurementTest {
  private static final WholePrefix WHOLE = new WholePrefix();
  private static final SlidingWindow WINDOWS = new SlidingWindow(512, 256);
  private static final Blocks BLOCKS = new Blocks(512, 128);
  private static final SpanMasses SPANS = new SpanMasses(32, 1, SpanMasses.Keys.CAUSAL, Heads.ALL);

  private static ModelDirectory starter;
  private static CausalLm model;

  @BeforeAll
  static void openStarter() {
    starter = ModelDirectory.resolve("builtin:starter");
    model = LoadedModels.of(starter, "cpu");
  }

  /** 4,096 tokens, more than the starter's positions: a check of arithmetic, not of language. */
  @Test
  void scoresEqualTheReference() throws IOException {
    assertThat(requireReference(model, starter, "starter-context.jsonl", 4096))
        .as("documents with reference scores")
        .isGreaterThanOrEqualTo(5);
  }

  /**
   * Compares scores of the first tokens of documents with a reference.
   *
   * @return how many documents have reference scores
   */
  static int requireReference(CausalLm model, ModelDirectory directory, String file, int most)
      throws IOException {
    Map<String, int[]> tokens = ReferenceScores.tokens("documents.jsonl", directory);
    int compared = 0;

    for (Map.Entry<String, JsonNode> line : ReferenceScores.lines(file).entrySet()) {
      int[] ids = tokens.get(line.getKey());
      int[] read = Arrays.copyOf(ids, Math.min(most, ids.length));

      if (line.getValue().path("longfilter").isObject()) {
        requireEqual(line.getValue(), measure(model, read, 4096, WHOLE, WINDOWS, BLOCKS));
        compared++;
      }
    }

    return compared;
  }

  @Test
  void sharedPassesGiveTheLossesOfSeparateOnes() {
    int[] tokens = random(1, 300);
    ContextWindow shared =
        window(measure(tokens, 4096, WHOLE, new Blocks(32, 32), new Blocks(64, 64)));

    for (Contexts each : List.of(new Blocks(32, 32), new Blocks(64, 64), WHOLE)) {
      float[] alone = window(measure(tokens, 4096, each)).losses(each);
      assertThat(shared.losses(each)).containsExactly(alone, within(2e-4f));
    }
  }

  @Test
  void theTokenBudgetDoesNotChangeWhatIsMeasured() {
    int[] tokens = random(2, 200);
    float[] wide = window(measure(tokens, 1 << 20, new Blocks(20, 20))).losses(new Blocks(20, 20));
    float[] narrow = window(measure(tokens, 1, new Blocks(20, 20))).losses(new Blocks(20, 20));
    assertThat(narrow).containsExactly(wide, within(2e-4f));
  }

  @Test
  void aStartTokenStandsBeforeEveryPass() {
    int[] tokens = random(3, 40);
    Blocks blocks = new Blocks(8, 8);
    float[] losses =
        window(
                new ContextWindowsMeasurement(model, null, 4096, OptionalInt.of(1))
                    .measure(List.of(planned(tokens, List.of(blocks), List.of())))
                    .get(0)
                    .measurement())
            .losses(blocks);
    int[] row = new int[17];
    row[0] = 1;
    System.arraycopy(tokens, 8, row, 1, 16);
    float[] expected = model.losses(new int[][] {row})[0];

    for (int t = 16; t < 24; t++) {
      assertThat(losses[t]).isCloseTo(expected[t - 8], within(2e-4f));
    }
  }

  @Test
  void aCompanionReadsEachWindowAsAWhole() {
    int[] tokens = random(4, 50);
    ContextWindow measured =
        window(
            new ContextWindowsMeasurement(model, model, 4096, OptionalInt.empty())
                .measure(List.of(planned(tokens, List.of(WHOLE), List.of())))
                .get(0)
                .measurement());
    assertThat(measured.companionLosses()).containsExactly(measured.losses(WHOLE), within(2e-4f));
  }

  @Test
  void entropiesAndMostProbableTokensAreThoseOfThePass() {
    int[] tokens = random(5, 60);
    Blocks blocks = new Blocks(20, 20);
    ContextWindow measured =
        window(
            new ContextWindowsMeasurement(model, null, 4096, OptionalInt.empty())
                .measure(List.of(planned(tokens, List.of(WHOLE, blocks), List.of(blocks))))
                .get(0)
                .measurement());
    float[] entropies =
        model.predict(new int[][] {Arrays.copyOfRange(tokens, 0, 40)}).entropies()[0];

    for (int t = 20; t < 40; t++) {
      assertThat(measured.entropies(blocks)[t]).isCloseTo(entropies[t - 1], within(2e-4f));
      assertThat(measured.firsts(blocks)[t]).isIn(0f, 1f);
    }
  }

  @Test
  void aDocumentThatTheModelCannotReadFailsAlone() {
    int[] broken = random(6, 40);
    broken[7] = 1_000_000;
    List<Measured<ContextWindows>> measured =
        new ContextWindowsMeasurement(model, null, 1, OptionalInt.empty())
            .measure(
                List.of(
                    planned(broken, List.of(WHOLE), List.of()),
                    planned(random(7, 40), List.of(WHOLE), List.of())));
    assertThat(measured.get(0).error()).contains("1000000").contains("vocabulary");
    assertThat(measured.get(1).failed()).isFalse();
  }

  @Test
  void attentionComesFromTheLossesPass() {
    int[] tokens = random(8, 128);
    ContextWindow both = attended(tokens, OptionalInt.empty(), List.of(WHOLE), List.of(WHOLE));
    ContextWindow alone = attended(tokens, OptionalInt.empty(), List.of(), List.of());
    ContextWindow beside =
        attended(tokens, OptionalInt.empty(), List.of(new Blocks(16, 16)), List.of());
    assertThat(alone.attention().of(SPANS)).isDeepEqualTo(both.attention().of(SPANS));
    assertThat(beside.attention().of(SPANS)).isDeepEqualTo(both.attention().of(SPANS));

    ContextWindow losses = window(measure(tokens, 4096, WHOLE));
    assertThat(both.losses(WHOLE)).containsExactly(losses.losses(WHOLE), within(2e-4f));
    assertThat(both.entropies(WHOLE)[1]).isPositive();
    assertThat(beside.losses(new Blocks(16, 16))[20])
        .isCloseTo(losses.losses(WHOLE)[20], within(2e-4f));
  }

  /** The start token takes its share, and spans are those of the window. */
  @Test
  void aStartTokenIsSeenButInNoSpan() {
    int[] tokens = random(9, 128);
    ContextWindow measured = attended(tokens, OptionalInt.of(1), List.of(WHOLE), List.of());
    int[] row = new int[129];
    row[0] = 1;
    System.arraycopy(tokens, 0, row, 1, 128);
    double[][][] read = model.attend(row, 1, Set.of(SPANS), Besides.NOTHING).attention().of(SPANS);
    assertThat(measured.attention().of(SPANS)).isDeepEqualTo(read);
    assertThat(measured.losses(WHOLE)[1])
        .isCloseTo(model.losses(new int[][] {row})[0][1], within(2e-4f));

    for (double[] query : read[0]) {
      assertThat(Arrays.stream(query).sum()).isBetween(0.0, 31.999);
    }
  }

  @Test
  void aWindowThatIsNotWholeSpansHasNoReading() {
    int[] tokens = random(10, 100);
    ContextWindow measured = attended(tokens, OptionalInt.empty(), List.of(WHOLE), List.of());
    assertThat(measured.losses(WHOLE)[99]).isFinite();
    assertThatThrownBy(() -> measured.attention().of(SPANS))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aSegmentsGainIsThatOfTwoSeparatePasses() {
    int[] tokens = random(11, 100);
    ResponsePairs pairs = new ResponsePairs(20, 32);
    ResponseLosses measured = response(tokens, pairs, OptionalInt.empty());
    int[] response = Arrays.copyOfRange(tokens, 80, 100);
    double alone = mean(model.losses(new int[][] {response})[0], 0);

    assertThat(measured.alone()).isCloseTo(alone, within(2e-4));
    assertThat(measured.gains()).as("16 tokens fill no segment").hasSize(2);

    for (int s = 0; s < 2; s++) {
      int[] row = Arrays.copyOfRange(tokens, 32 * s, 32 * s + 52);
      System.arraycopy(response, 0, row, 32, 20);
      double after = mean(model.losses(new int[][] {row})[0], 32);
      assertThat(measured.gains()[s]).isCloseTo(alone - after, within(4e-4));
    }
  }

  @Test
  void aResponseAfterItsOwnCopyGainsMost() {
    int[] tokens = random(12, 160);
    System.arraycopy(tokens, 128, tokens, 64, 32);
    double[] gains = response(tokens, new ResponsePairs(32, 32), OptionalInt.of(1)).gains();

    assertThat(gains).hasSize(4);
    assertThat(gains[2]).isGreaterThan(2 * Math.max(gains[0], Math.max(gains[1], gains[3])) + 0.1);
  }

  private static ResponseLosses response(int[] tokens, ResponsePairs pairs, OptionalInt start) {
    PlannedWindow window =
        new PlannedWindow(0, tokens, new TreeMap<>(), new TreeSet<>(), Set.of(), Set.of(pairs));
    return window(
            new ContextWindowsMeasurement(model, null, 100, start)
                .measure(List.of(new WindowedDocument(tokens.length, List.of(window))))
                .get(0)
                .measurement())
        .response(pairs);
  }

  private static double mean(float[] losses, int from) {
    double sum = 0;

    for (int i = from; i < losses.length; i++) {
      sum += losses[i];
    }

    return sum / (losses.length - from);
  }

  private static ContextWindow attended(
      int[] tokens, OptionalInt start, List<Contexts> losses, List<Contexts> predictions) {
    PlannedWindow window =
        new PlannedWindow(
            0,
            tokens,
            PassPlan.of(tokens.length, losses).ends(),
            new TreeSet<>(PassPlan.of(tokens.length, predictions).ends().keySet()),
            Set.of(SPANS));
    return window(
        new ContextWindowsMeasurement(model, null, 4096, start)
            .measure(List.of(new WindowedDocument(tokens.length, List.of(window))))
            .get(0)
            .measurement());
  }

  private static void requireEqual(JsonNode reference, ContextWindows measured) {
    Offset<Double> relative = within(1e-3);
    Score longFilter = new LongFilter(WINDOWS, LongFilter.Over.ALL).score(measured);
    requireRelative(longFilter.value().getAsDouble(), reference.at("/longfilter/score"));
    requireRelative(
        longFilter.details().get("mean_eligible"), reference.at("/longfilter/score_eligible"));

    Score longPpl = new LongPpl(BLOCKS, 2, -2).score(measured);
    assertThat(longPpl.details().get("eligible_tokens"))
        .isEqualTo(reference.at("/longppl/eligible").asDouble());
    assertThat(longPpl.details().get("key_tokens"))
        .isEqualTo(reference.at("/longppl/key").asDouble());

    if (reference.at("/longppl/longppl").isNumber()) {
      requireRelative(longPpl.details().get("longppl"), reference.at("/longppl/longppl"));
    }

    assertThat(new LongCe(BLOCKS, 5).score(measured).value().getAsDouble())
        .isCloseTo(reference.at("/longppl/longce_mean_weight").asDouble(), relative);
  }

  private static void requireRelative(double value, JsonNode expected) {
    assertThat(value)
        .isCloseTo(expected.asDouble(), within(Math.abs(2e-3 * expected.asDouble()) + 2e-6));
  }

  private static ContextWindows measure(int[] tokens, int batchTokens, Contexts... contexts) {
    return measure(model, tokens, batchTokens, contexts);
  }

  private static ContextWindows measure(
      CausalLm model, int[] tokens, int batchTokens, Contexts... contexts) {
    return new ContextWindowsMeasurement(model, null, batchTokens, OptionalInt.empty())
        .measure(List.of(planned(tokens, List.of(contexts), List.of())))
        .get(0)
        .measurement();
  }

  private static WindowedDocument planned(
      int[] tokens, List<Contexts> losses, List<Contexts> predictions) {
    List<PlannedWindow> windows = new ArrayList<>();
    windows.add(
        new PlannedWindow(
            0,
            tokens,
            PassPlan.of(tokens.length, losses).ends(),
            new TreeSet<>(PassPlan.of(tokens.length, predictions).ends().keySet()),
            Set.of()));
    return new WindowedDocument(tokens.length, windows);
  }

  private static ContextWindow window(ContextWindows measured) {
    return measured.windows().get(0);
  }

  private static int[] random(long seed, int count) {
    Random random = new Random(seed);
    return random.ints(count, 0, 8192).toArray();
  }
}
