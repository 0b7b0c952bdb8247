package org.longspan.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.longspan.context.ContextWindows;
import org.longspan.context.CopiedTokens;

/** Chunks of 8 tokens of which the last 2 are predicted; 19 tokens hold two of them. */
class LongWanjuanTest {
  private static final int[] TOKENS = {0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 2, 3, 4, 5, 6, 7, 20, 20, 20};

  /**
   * With the whole chunk the first one is hit twice and the second once, with half of it once and
   * never; perplexities are 2 and 4, and 8 everywhere.
   */
  private static final ContextWindows MEASURED =
      Windows.of(
          TOKENS,
          (start, t) -> Math.log(start == 0 ? 2 : start == 8 ? 4 : 8),
          (start, t) -> start == 0 || (t == 14 && start == 8) || (t == 6 && start == 4),
          List.of(LongWanjuan.whole(8, 2), LongWanjuan.half(8, 2)));

  @Test
  void accuraciesAndPerplexitiesAreMeansOverChunks() {
    Score score = new LongWanjuan(8, 2, LongWanjuan.Metric.ACCURACY).score(MEASURED);
    assertThat(score.value().getAsDouble()).isCloseTo(.75 - .25, within(1e-6));
    assertThat(score.details()).containsEntry("acc_with", .75).containsEntry("acc_without", .25);
    assertThat(score.details()).containsEntry("chunks", 2.0);
    assertThat(score.details().get("ppl_with")).isCloseTo(3, within(1e-5));
    assertThat(score.details().get("ppl_delta")).isCloseTo(5, within(1e-5));
  }

  @Test
  void bothRatiosHaveTheirOwnNames() {
    Score score = new LongWanjuan(8, 2, LongWanjuan.Metric.PERPLEXITY).score(MEASURED);
    assertThat(score.value().getAsDouble()).isCloseTo(5, within(1e-5));
    assertThat(score.details().get("acc_ratio")).isCloseTo(.5 / .75, within(1e-4));
    assertThat(score.details().get("ppl_ratio")).isCloseTo(5 / 8.0, within(1e-4));
  }

  @Test
  void typesAreCountedOverAllAndOverChunks() {
    Score score = new LongWanjuan(8, 2, LongWanjuan.Metric.ACCURACY).score(MEASURED);
    assertThat(score.details()).containsEntry("type_token_ratio", 9 / 19.0);
    assertThat(score.details()).containsEntry("chunk_type_token_ratio", 1.0);
  }

  @Test
  void aChunkOfCopiesAloneDoesNotCount() {
    Score score =
        new NonCopy(new LongWanjuan(8, 2, LongWanjuan.Metric.ACCURACY), new CopiedTokens(3, 4))
            .score(MEASURED);
    assertThat(score.details()).containsEntry("chunks", 1.0).containsEntry("acc_with", 1.0);
  }

  @Test
  void aDocumentWithoutAChunkIsTooShort() {
    ContextWindows tiny =
        Windows.of(
            Windows.distinct(7),
            (start, t) -> 1,
            List.of(LongWanjuan.whole(8, 2), LongWanjuan.half(8, 2)));
    Score score = new LongWanjuan(8, 2, LongWanjuan.Metric.ACCURACY).score(tiny);
    assertThat(score.status()).isEqualTo(Status.TOO_SHORT);
    assertThat(score.error()).contains("7 tokens").contains("chunk of 8");
  }
}
