package org.longspan.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.longspan.context.ContextWindows;
import org.longspan.score.Score;
import org.longspan.score.Status;

class LadmTest {
  private static final int WINDOW = 32_768;

  /** Spans of 2 tokens with key strides of 1: code visits spans 6 and 7 of a window of 16. */
  private static final Ladm.Spans SMALL = new Ladm.Spans(2, 1, 1, 0);

  @Test
  void uniformAttentionHasNoDeviation() {
    double[][] uniform = uniformEarlier();

    assertThat(value(published(Set.of()), WINDOW, uniform)).isCloseTo(0, within(1e-9));
    assertThat(value(published(EnumSet.of(Ladm.Ablation.NO_DEVIATION)), WINDOW, uniform))
        .isCloseTo(5.686198, within(1e-6));
  }

  /**
   * Weights that fall with the distance to the span: 1 / (s - t) before a span that begins at s.
   */
  @Test
  void theToyKernelHasItsPublishedValue() {
    Ladm ladm = published(Set.of());
    double[] harmonic = new double[WINDOW + 1];

    for (int n = 1; n <= WINDOW; n++) {
      harmonic[n] = harmonic[n - 1] + 1.0 / n;
    }

    double[][] masses =
        masses(
            ladm, (s, from) -> 128 * (harmonic[s - from] - harmonic[s - from - 128]) / harmonic[s]);

    assertThat(value(ladm, WINDOW, masses)).isCloseTo(0.611929, within(1e-6));
  }

  @Test
  void codeVisitsSixtySpansFromTheNineteenthOn() {
    Ladm ladm = published(EnumSet.allOf(Ladm.Ablation.class));
    double[][] masses = masses(ladm, (s, from) -> s / 128 >= 19 ? 1 : 1e9);

    // Without weights and deviation the score is the mean number of key spans: 4 of 19 to 63 of
    // 255.
    assertThat(value(ladm, WINDOW, masses)).isEqualTo(2010 / 60.0);
  }

  /** Query span 7 alone; span 3 has too few before it. */
  @Test
  void modesPartAsThePaperAndTheCodeDo() {
    double[] row = {9, 1, 2, 3, 4, 5, 6, 8};
    Ladm code = new Ladm(Ladm.Mode.CODE, 16, new Ladm.Spans(2, 1, 4, 0), Heads.ALL, Set.of());
    Ladm paper = new Ladm(Ladm.Mode.PAPER, 16, new Ladm.Spans(2, 1, 4, 7), Heads.ALL, Set.of());
    double[][] masses = {new double[4], row};

    // Keys 6, 5, 4, 3, 2 and 1, whose masses deviate by sqrt(3.5), at 1/8 to 6/8 of the window.
    assertThat(value(code, 16, masses))
        .isCloseTo(
            7 / 8.0 * Math.sqrt(3.5) * (6 + 2 * 5 + 3 * 4 + 4 * 3 + 5 * 2 + 6) / 8, within(1e-12));
    // Keys 2 and 1, five and six spans back.
    assertThat(value(paper, 16, masses))
        .isCloseTo(7 / 8.0 * Math.sqrt(0.5) * (5 * 2 + 6) / 8, within(1e-12));
    assertThat(code.view().keys()).isEqualTo(SpanMasses.Keys.EARLIER);
    assertThat(paper.view().keys()).isEqualTo(SpanMasses.Keys.CAUSAL);
  }

  /** Of spans 14 and 15, masses of 1 at 9 and 10 keys five or more spans back, and none nearer. */
  @Test
  void thePaperSumsWhereTheCodeAverages() {
    Ladm.Spans spans = new Ladm.Spans(2, 1, 1, 14);
    Set<Ladm.Ablation> sums = EnumSet.allOf(Ladm.Ablation.class);
    Ladm code = new Ladm(Ladm.Mode.CODE, 32, spans, Heads.ALL, sums);
    Ladm paper = new Ladm(Ladm.Mode.PAPER, 32, spans, Heads.ALL, sums);
    double[][] masses =
        IntStream.of(code.view().queries(32))
            .mapToObj(j -> IntStream.rangeClosed(0, j).mapToDouble(i -> j - i >= 5 ? 1 : 0))
            .map(DoubleStream::toArray)
            .toArray(double[][]::new);

    assertThat(value(paper, 32, masses)).isEqualTo(19);
    assertThat(value(code, 32, masses)).isEqualTo(9.5);
  }

  @Test
  void layersAreKeptByTheirNumberAndAveraged() {
    Heads heads = Heads.ofLayers(List.of(7, 3));
    Ladm ladm = new Ladm(Ladm.Mode.CODE, 16, SMALL, heads, Set.of());
    double[][] some = AttentionWindows.spans(ladm.view(), 16, (query, key, end) -> key + 1);
    double[][] uniform = AttentionWindows.spans(ladm.view(), 16, AttentionWindows.UNIFORM);

    Score score =
        ladm.score(AttentionWindows.document(16, ladm.view(), new double[][][] {some, uniform}));

    assertThat(score.details().get("layer_3")).isEqualTo(value(code(16), 16, some));
    assertThat(score.details().get("layer_7")).isCloseTo(0, within(1e-12));
    assertThat(score.value().getAsDouble())
        .isCloseTo(score.details().get("layer_3") / 2, within(1e-12));
  }

  @Test
  void onlyFullWindowsCount() {
    Ladm ladm = code(16);
    double[][] some = AttentionWindows.spans(ladm.view(), 16, (query, key, end) -> key + 1);
    double[][] uniform = AttentionWindows.spans(ladm.view(), 16, AttentionWindows.UNIFORM);
    ContextWindows two =
        AttentionWindows.document(
            16, ladm.view(), new double[][][] {some}, new double[][][] {uniform});

    Score score = ladm.score(AttentionWindows.withTail(two, 9));

    assertThat(score.details()).containsEntry("windows", 2.0);
    assertThat(score.value().getAsDouble()).isCloseTo(value(ladm, 16, some) / 2, within(1e-12));
  }

  @Test
  void aDocumentWithoutAFullWindowIsTooShort() {
    Score score = code(16).score(AttentionWindows.withTail(new ContextWindows(0, List.of()), 15));

    assertThat(score.status()).isEqualTo(Status.TOO_SHORT);
    assertThat(score.error()).contains("windows of 16 tokens", "15 tokens");
  }

  @Property(tries = 50)
  void attentionThatIsUniformScoresNothingAtAnySize(
      @ForAll @IntRange(min = 1, max = 9) int span,
      @ForAll @IntRange(min = 1, max = 3) int keyStride,
      @ForAll @IntRange(min = 1, max = 3) int queryStride,
      @ForAll @IntRange(min = 0, max = 9) int more) {
    int window = span * (4 * keyStride + 3 + more);
    Ladm.Spans spans = new Ladm.Spans(span, keyStride, queryStride, 0);
    Ladm ladm = new Ladm(Ladm.Mode.CODE, window, spans, Heads.ALL, Set.of());
    double[][] uniform = AttentionWindows.spans(ladm.view(), window, AttentionWindows.UNIFORM);

    assertThat(value(ladm, window, uniform)).isCloseTo(0, within(1e-9));
  }

  /** P is in both factors of AFS, the deviation and the sum. */
  @Property(tries = 50)
  void attentionThatIsSoManyTimesStrongerScoresTheSquare(
      @ForAll @Size(16) List<@DoubleRange(min = 0, max = 1) Double> keys,
      @ForAll @DoubleRange(min = 0.1, max = 8) double times) {
    Ladm ladm = code(32);
    double[][] masses =
        IntStream.of(ladm.view().queries(32))
            .mapToObj(j -> keys.stream().limit(j + 1).mapToDouble(Double::doubleValue).toArray())
            .toArray(double[][]::new);
    double once = value(ladm, 32, masses);

    for (double[] row : masses) {
      for (int i = 0; i < row.length; i++) {
        row[i] *= times;
      }
    }

    assertThat(value(ladm, 32, masses)).isCloseTo(times * times * once, within(1e-9));
  }

  @Test
  void spansThatDoNotFitTheWindowAreRefused() {
    assertThatThrownBy(() -> code(17))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "LADM's spans of 2 tokens do not divide a window of 17: choose a window of whole spans, such as 16, or another span.");
    assertThatThrownBy(() -> code(12))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("begins at span 6", "6 spans of 2");
    assertThatThrownBy(
            () -> new Ladm(Ladm.Mode.PAPER, 64, new Ladm.Spans(2, 4, 4, 9), Heads.ALL, Set.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("two earlier ones to compare, 4 apart, is 10");
    assertThatThrownBy(() -> new Ladm.Spans(128, 0, 4, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Ladm published(Set<Ladm.Ablation> ablations) {
    return new Ladm(Ladm.Mode.CODE, WINDOW, Ladm.Spans.PUBLISHED, Heads.ALL, ablations);
  }

  private static Ladm code(int window) {
    return new Ladm(Ladm.Mode.CODE, window, SMALL, Heads.ALL, Set.of());
  }

  /** Each of the 128 queries of a span that begins at s gives 128 keys 1 / s each. */
  private static double[][] uniformEarlier() {
    return masses(published(Set.of()), (s, from) -> 128.0 * 128 / s);
  }

  private static double[][] masses(Ladm ladm, Mass mass) {
    return IntStream.of(ladm.view().queries(WINDOW))
        .mapToObj(
            j -> IntStream.range(0, j + 1).mapToDouble(i -> i == j ? 0 : mass.of(j * 128, i * 128)))
        .map(DoubleStream::toArray)
        .toArray(double[][]::new);
  }

  private static double value(Ladm ladm, int window, double[][] layer) {
    return score(ladm, window, layer).value().getAsDouble();
  }

  private static Score score(Ladm ladm, int window, double[][] layer) {
    return ladm.score(AttentionWindows.document(window, ladm.view(), new double[][][] {layer}));
  }

  /** The mass from the span that begins at {@code span} to the keys from {@code key} on. */
  private interface Mass {
    double of(int span, int key);
  }
}
