package org.longspan.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.longspan.gradient.PhrasePlan;
import org.longspan.gradient.SteppedWindow;
import org.longspan.gradient.SteppedWindows;

class ParallelStructuresTest {
  /** Batches of 4 tokens; segments 0-3, 2-5, 4-7, ...; behind batch 0 the latter phrases from 6. */
  private static final PhrasePlan PLAN = new PhrasePlan(4, 4);

  private static final SteppedWindows MEASURED =
      new SteppedWindows(
          20,
          PLAN,
          List.of(
              new SteppedWindow(0, 12, new float[][] {{1, 2, 3, 4, 5, 7}, {-1, 0}}),
              new SteppedWindow(12, 8, new float[][] {{9, 10}})));

  /** Ten pairs: the highest fifth are 9 and 10. */
  @Test
  void theScoreIsTheMeanOfTheHighestGains() {
    Score score = new ParallelStructures(0.2).score(MEASURED);

    assertThat(score.value().getAsDouble()).isCloseTo(9.5, within(1e-9));
    assertThat(score.details()).containsEntry("pairs", 10.0).containsEntry("mean", 4.0);
    assertThat(score.details()).containsEntry("gain_p95", 10.0).containsKey("gain_top_share");
  }

  /**
   * Latter tokens 6 and 7 lie in the first batch's length behind batch 0, 8 to 11 in the second;
   * tokens 10 and 11 in the first behind batch 1.
   */
  @Test
  void theProfileIsTheMeanGainByDistance() {
    Score score = new ParallelStructures(1).score(MEASURED);

    assertThat(score.profile())
        .containsExactly((1 + 2 - 1 + 0 + 9 + 10) / 6.0, (3 + 4 + 5 + 7) / 4.0);
  }

  @Test
  void withoutASegmentBehindABatchThereIsNoScore() {
    Score score =
        new ParallelStructures(0.1)
            .score(new SteppedWindows(7, PLAN, List.of(new SteppedWindow(0, 7, new float[0][]))));

    assertThat(score.status()).isEqualTo(Status.TOO_SHORT);
    assertThat(score.error()).contains("None of the document's 7 tokens").contains("4 tokens");
  }

  @Test
  void theShareLiesAboveNothing() {
    assertThatThrownBy(() -> new ParallelStructures(0)).hasMessageContaining("not 0.0");
  }
}
