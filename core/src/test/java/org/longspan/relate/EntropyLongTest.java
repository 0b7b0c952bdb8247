package org.longspan.relate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.longspan.context.PassPredictions;
import org.longspan.relate.EntropyLong.Over;
import org.longspan.relate.EntropyLong.Verdict;

class EntropyLongTest {
  private static final EntropyLong PUBLISHED =
      new EntropyLong(
          EntropyLong.PUBLISHED_DEVIATIONS, EntropyLong.PUBLISHED_DROP, Over.MEAN, false);
  private static final float[] ONE_HIGH = {1, 1, 1, 1, 9, 1, 1, 1, 1, 1};

  @Test
  void sigmaIsThatOfThePopulation() {
    assertThat(PUBLISHED.threshold(ONE_HIGH)).isCloseTo(6.6, within(1e-9));
    assertThat(PUBLISHED.uncertain(ONE_HIGH).stream()).containsExactly(4);
    assertThat(PUBLISHED.uncertain(new float[] {2, 2, 2}).isEmpty()).isTrue();
    assertThat(PUBLISHED.uncertain(new float[0]).isEmpty()).isTrue();
  }

  @Test
  void aNeighbourStaysIfItLowersTheEntropyByMoreThanTheDrop() {
    assertThat(PUBLISHED.judge(alone(), after(5.3f, 0)))
        .extracting(Verdict::positions, Verdict::kept)
        .containsExactly(1, true);
    assertThat(PUBLISHED.judge(alone(), after(5.3f, 0)).drop()).isCloseTo(3.7 / 9, within(1e-6));
    assertThat(PUBLISHED.judge(alone(), after(5.5f, 0)).kept()).isFalse();
    assertThat(PUBLISHED.judge(alone(), after(18, 0)).drop()).isEqualTo(-1);
  }

  @Test
  void theDropIsTheirMeanOrTheGreatest() {
    float[] entropies = new float[20];
    float[] lower = new float[20];
    entropies[3] = 8;
    entropies[7] = 8;
    lower[3] = 0;
    lower[7] = 8;

    PassPredictions alone = predictions(entropies, 0);
    PassPredictions after = predictions(lower, 0);
    assertThat(PUBLISHED.judge(alone, after)).isEqualTo(new Verdict(2, 0.5, 0, true));
    assertThat(new EntropyLong(2, 0.6, Over.MEAN, false).judge(alone, after).kept()).isFalse();
    assertThat(new EntropyLong(2, 0.6, Over.ANY, false).judge(alone, after))
        .isEqualTo(new Verdict(2, 1, 0, true));
  }

  @Test
  void aSurerModelThatIsMoreWrongCanBeRefused() {
    EntropyLong strict = new EntropyLong(2, 0.4, Over.MEAN, true);

    assertThat(PUBLISHED.judge(alone(), after(1, 5)).kept()).isTrue();
    assertThat(strict.judge(alone(), after(1, 5)).kept()).isFalse();
    assertThat(strict.judge(alone(), after(1, 1))).isEqualTo(new Verdict(1, 8 / 9.0, 1, true));
  }

  @Test
  void withoutAnUncertainTokenNothingIsVerified() {
    PassPredictions flat = predictions(new float[] {1, 1, 1}, 0);
    assertThat(PUBLISHED.judge(flat, predictions(new float[3], 0)))
        .isEqualTo(new Verdict(0, 0, 0, false));
  }

  @Test
  void whatCannotBeComparedIsRefused() {
    assertThatThrownBy(() -> PUBLISHED.judge(alone(), predictions(new float[3], 0)))
        .hasMessageContaining("10 and 3");
    assertThatThrownBy(() -> new EntropyLong(2, 1, Over.MEAN, false)).hasMessageContaining("1.0");
    assertThatThrownBy(() -> new EntropyLong(-1, 0.4, Over.ANY, false))
        .hasMessageContaining("-1.0");
  }

  private static PassPredictions alone() {
    return predictions(ONE_HIGH, 2);
  }

  /** The same entropies with another one at the uncertain token. */
  private static PassPredictions after(float entropy, float loss) {
    float[] entropies = ONE_HIGH.clone();
    entropies[4] = entropy;
    return predictions(entropies, loss);
  }

  private static PassPredictions predictions(float[] entropies, float loss) {
    float[] losses = new float[entropies.length];
    Arrays.fill(losses, loss);
    return new PassPredictions(losses, entropies, new boolean[entropies.length]);
  }
}
