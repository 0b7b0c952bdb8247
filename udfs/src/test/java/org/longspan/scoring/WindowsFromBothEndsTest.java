package org.longspan.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.longspan.model.LoadedModels;
import org.longspan.model.ModelDirectory;
import org.longspan.score.Score;

/** Windows that overlap hold the right tokens each, though a shared token is handed over once. */
class WindowsFromBothEndsTest {
  private static final LanguageModels STARTER =
      LanguageModels.of(LoadedModels.of(ModelDirectory.resolve("builtin:starter"), "cpu"));

  @Test
  void aScoreIsTheMeanOverWindowsThatOverlap() {
    int[] ids = new int[150];
    Arrays.setAll(ids, i -> (i * i + 7) % 500);

    double whole = score(ids);

    assertThat(whole)
        .isCloseTo(
            (score(Arrays.copyOf(ids, 64))
                    + score(Arrays.copyOfRange(ids, 43, 107))
                    + score(Arrays.copyOfRange(ids, 86, 150)))
                / 3,
            within(1e-6));
    assertThat(whole).isNotZero();
  }

  private static double score(int[] ids) {
    ContextSettings shared = ContextSettings.SHARED;
    ContextSettings ends =
        new ContextSettings(
            new ContextSettings.Windows(64, 0, false, "ends"),
            shared.copies(),
            shared.methods(),
            shared.attention());
    List<List<Score>> scores =
        Scoring.of(
                new ScoringSettings(List.of("longfilter"), 0, ProLongSettings.PUBLISHED, ends, 0))
            .measurements()
            .get(0)
            .score(STARTER, 4096, List.of(new Excerpt("document", ids.length, ids)));
    return scores.get(0).get(0).value().getAsDouble();
  }
}
