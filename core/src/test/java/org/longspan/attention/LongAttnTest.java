package org.longspan.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.longspan.context.ContextWindows;
import org.longspan.score.Scale;
import org.longspan.score.Score;
import org.longspan.score.Status;

class LongAttnTest {
  @ParameterizedTest
  @CsvSource({
    "16, 0.425651, 1.855981e-3",
    "1024, 0.403792, 4.516711e-7",
    "32768, 0.4034379, 4.41022e-10"
  })
  void uniformAttentionHasItsComputedValues(int window, double ds, double variance) {
    Score score = score(LongAttn.Mode.CODE, window, uniform(window));

    assertThat(score.value().getAsDouble()).isCloseTo(ds, within(1e-6));
    assertThat(score.details().get("ds")).isEqualTo(score.value().getAsDouble());
    assertThat(score.details().get("variance")).isCloseTo(variance, within(1e-6 * variance));
  }

  /** A window of 8: six rows of 1 to 6 far weights, two of them 1 and the others 0. */
  @Test
  void thePapersVarianceIsThatOfTheFarWeightsAlone() {
    FarMasses.Sums sums = new FarMasses.Sums(new double[] {2}, new double[] {2});

    assertThat(score(LongAttn.Mode.PAPER, 8, sums).details().get("variance"))
        .isCloseTo((2 - 4 / 21.0) / 20, within(1e-12));
    assertThat(score(LongAttn.Mode.CODE, 8, sums).details().get("variance"))
        .isCloseTo((2 - 4 / 64.0) / 63, within(1e-12));
    assertThat(score(LongAttn.Mode.CODE, 8, sums).details().get("ds")).isEqualTo(0.25);
  }

  @Test
  void headsAndWindowsAreAveraged() {
    LongAttn longAttn = new LongAttn(LongAttn.Mode.CODE, 8);
    FarMasses.Sums first = new FarMasses.Sums(new double[] {4, 0}, new double[] {4, 0});
    FarMasses.Sums swapped = new FarMasses.Sums(new double[] {0, 4}, new double[] {0, 4});
    FarMasses.Sums none = new FarMasses.Sums(new double[2], new double[2]);
    ContextWindows two = AttentionWindows.document(8, longAttn.view(), first, none);

    Score score = longAttn.score(AttentionWindows.withTail(two, 7));

    assertThat(score.value().getAsDouble()).isEqualTo(0.125);
    assertThat(score.details().get("variance"))
        .as("of each head, not of their sum")
        .isCloseTo((4 - 16 / 64.0) / 63 / 4, within(1e-12));
    assertThat(
            longAttn.score(AttentionWindows.document(8, longAttn.view(), swapped, none)).details())
        .isEqualTo(score.details());
  }

  @Test
  void aDocumentWithoutAFullWindowIsTooShort() {
    ContextWindows shorter = AttentionWindows.withTail(new ContextWindows(0, List.of()), 7);

    assertThat(new LongAttn(LongAttn.Mode.PAPER, 8).score(shorter).status())
        .isEqualTo(Status.TOO_SHORT);
    assertThatThrownBy(() -> new LongAttn(LongAttn.Mode.PAPER, 3)).hasMessageContaining("not 3");
  }

  /** DS of 0, 1 and 2 and variances of 8, 0 and 4: scaled 0, 0.5, 1 and 1, 0, 0.5. */
  @Test
  void scoresAreJoinedAmongThoseOfTheDomain() {
    Scale ds = new Scale(0, 2, 0.5, 1.25 / 3);
    Scale variance = new Scale(0, 8, 0.5, 1.25 / 3);

    assertThat(LongAttn.combined(LongAttn.Mode.CODE, 0.5, 0, ds, 8, variance)).isEqualTo(-0.5);
    assertThat(LongAttn.combined(LongAttn.Mode.CODE, 0.5, 2, ds, 4, variance)).isEqualTo(0.75);
    assertThat(LongAttn.combined(LongAttn.Mode.PAPER, 0.5, 2, ds, 0, variance))
        .as("1.2247 deviations above the mean, and as many below")
        .isCloseTo(1.5 * Math.sqrt(1.5), within(1e-12));
  }

  @Test
  void aDomainOfEqualDocumentsSaysNothing() {
    Scale equal = new Scale(3, 3, 0.5, 0.25);

    assertThat(LongAttn.combined(LongAttn.Mode.PAPER, 0.5, 3, equal, 3, equal)).isZero();
    assertThat(LongAttn.combined(LongAttn.Mode.CODE, 0.5, 3, equal, 3, equal)).isEqualTo(0.25);
  }

  @ParameterizedTest
  @CsvSource({"16, 0.02", "64, 0.004", "192, 1e-12"})
  void aSampleOfUniformAttentionIsNearItsComputedValues(int count, double near) {
    Score score = sampled(2048, count);

    Score whole = score(LongAttn.Mode.PAPER, 2048, uniform(2048));
    double ds = whole.value().getAsDouble();
    double variance = whole.details().get("variance");
    assertThat(score.value().getAsDouble()).isCloseTo(ds, within(near * ds));
    assertThat(score.details().get("variance")).isCloseTo(variance, within(10 * near * variance));
    assertThat(Math.abs(score.value().getAsDouble() - ds))
        .isLessThanOrEqualTo(2 * score.details().get("ds_error") + 1e-12);
    assertThat(Math.abs(score.details().get("variance") - variance))
        .isLessThanOrEqualTo(2 * score.details().get("variance_error") + 1e-12);
  }

  @Test
  void theErrorsShrinkWithMoreBlocks() {
    Map<String, Double> few = sampled(2048, 16).details();
    Map<String, Double> many = sampled(2048, 64).details();
    Map<String, Double> all = sampled(2048, 192).details();

    assertThat(many.get("ds_error")).isBetween(1e-9, few.get("ds_error") / 2);
    assertThat(many.get("variance_error")).isBetween(1e-18, few.get("variance_error") / 2);
    assertThat(all).containsEntry("ds_error", 0.0).containsEntry("variance_error", 0.0);
  }

  private static Score sampled(int window, int count) {
    QueryBlocks blocks = new QueryBlocks(window / 256, count, 5);
    LongAttn longAttn = new LongAttn(LongAttn.Mode.PAPER, window).sampling(blocks);
    Sampled<FarMasses.Sums> view = new Sampled<>(longAttn.view(), blocks);
    assertThat(longAttn.reads()).isEqualTo(view);
    return longAttn.score(
        AttentionWindows.document(
            window,
            view,
            view.in(window).stream()
                .map(block -> uniform(window, block.first(), block.end()))
                .toList()));
  }

  /** A query n gives each of its keys 1 / (n + 1). */
  private static FarMasses.Sums uniform(int window) {
    return uniform(window, window / 4, window);
  }

  private static FarMasses.Sums uniform(int window, int first, int end) {
    double weights = 0;
    double squares = 0;

    for (int n = first; n < end; n++) {
      double far = n - window / 4 + 1;
      weights += far / (n + 1);
      squares += far / (n + 1) / (n + 1);
    }

    return new FarMasses.Sums(new double[] {weights}, new double[] {squares});
  }

  private static Score score(LongAttn.Mode mode, int window, FarMasses.Sums sums) {
    LongAttn longAttn = new LongAttn(mode, window);
    assertThat(longAttn.view()).isEqualTo(new FarMasses(window / 4));
    return longAttn.score(AttentionWindows.document(window, longAttn.view(), sums));
  }
}
