package org.longspan.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.longspan.model.CausalLm;
import org.longspan.model.LoadedModels;
import org.longspan.model.ModelDirectory;
import org.longspan.score.Score;

class ProLongSettingsTest {
  @ParameterizedTest
  @CsvSource({"left-out, 20", "predicted, 120"})
  void unmeasuredPairsAreLeftOutOrPredicted(String unmeasured, double pairs) {
    CausalLm model = LoadedModels.of(ModelDirectory.resolve("builtin:starter"), "cpu");
    SharedMeasurement<?> measurement =
        Scoring.of(
                new ScoringSettings(
                    List.of("prolong"),
                    0,
                    settings(unmeasured, "loss", 256),
                    ContextSettings.SHARED,
                    11))
            .measurements()
            .get(0);
    int[] ids = IntStream.range(0, 256).map(t -> t * t % 101).toArray();
    Score score =
        measurement
            .score(LanguageModels.of(model), 2048, List.of(new Excerpt("d", 256, ids)))
            .get(0)
            .get(0);

    assertThat(score.details()).containsEntry("measured_pairs", 20.0).containsEntry("pairs", pairs);
    assertThat(score.value().orElseThrow()).isEqualTo(score.details().get("mean"));
  }

  @Test
  void wordsThatAreNoneOfTheChoicesAreRefused() {
    assertThatThrownBy(() -> settings("guessed", "loss", 256))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("ProLong's unmeasured must be left-out or predicted, not 'guessed'.");
    assertThatThrownBy(() -> settings("left-out", "entropy", 256))
        .hasMessage("ProLong's specificity must be perplexity or loss, not 'entropy'.");
  }

  @Test
  void pairsAreNotPredictedInVeryLargeWindows() {
    assertThatThrownBy(() -> settings("predicted", "loss", 1025 * 16))
        .hasMessageContaining("up to 1024 segments, but a window of 16400 tokens holds 1025 of 16");
  }

  private static ProLongSettings settings(String unmeasured, String specificity, int window) {
    return new ProLongSettings(
        16, window, 20, "stratified", unmeasured, "code", 0.1, specificity, 0.1, "mean");
  }
}
