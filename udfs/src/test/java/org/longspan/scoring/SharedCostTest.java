package org.longspan.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All scorers together against the dearest one alone, in tokens that go through a model. */
class SharedCostTest {
  private static final List<String> CONTRASTS = List.copyOf(ContextMethods.known().keySet());

  @ParameterizedTest
  @CsvSource({"8192, 32768", "8192, 40000", "8192, 1000000", "32768, 32768", "32768, 1000000"})
  void scoresThatContrastContextsCostLittleMoreThanTheDearest(int window, int tokens) {
    assertThat(ratio(CONTRASTS, window, tokens)).isLessThanOrEqualTo(1.3);
  }

  /** ProLong shares no pass with them, but its cost has a bound. */
  @Test
  void withProLongThatHoldsForLongWindows() {
    List<String> all = new ArrayList<>(CONTRASTS);
    all.add("prolong");
    assertThat(ratio(all, 32_768, 262_144)).isLessThanOrEqualTo(1.3);
  }

  /** The starter's windows hold two levels, and the second model reads all of them once more. */
  @Test
  void inShortWindowsASecondModelIsTheDearerPart() {
    List<String> ofOneModel = new ArrayList<>(CONTRASTS);
    ofOneModel.removeIf(name -> name.startsWith("gateau") || name.startsWith("longrecipe"));
    assertThat(ratio(ofOneModel, 2048, 32_768)).isLessThanOrEqualTo(1.3);
    assertThat(ratio(CONTRASTS, 2048, 32_768)).isBetween(1.4, 1.5);
  }

  /**
   * Contextual awareness stands apart: an eighth of the window after each segment of 128 tokens.
   */
  @ParameterizedTest
  @CsvSource({"2048, 3.75", "8192, 9", "32768, 30"})
  void awarenessPaysForItsResponseAfterEverySegment(int window, double windows) {
    assertThat(passTokens(List.of("gateau-awareness"), window, window))
        .isEqualTo((long) (windows * window));
  }

  @Test
  void aNonCopyPartCostsNothing() {
    assertThat(passTokens(List.of("spectrum", "spectrum-non-copy"), 8192, 50_000))
        .isEqualTo(passTokens(List.of("spectrum"), 8192, 50_000));
  }

  private static double ratio(List<String> scorers, int window, int tokens) {
    long dearest =
        scorers.stream()
            .mapToLong(each -> passTokens(List.of(each), window, tokens))
            .max()
            .getAsLong();
    return (double) passTokens(scorers, window, tokens) / dearest;
  }

  private static long passTokens(List<String> scorers, int window, int tokens) {
    return Scoring.of(
            new ScoringSettings(
                scorers,
                0,
                ProLongSettings.PUBLISHED,
                ContextSettings.SHARED.withWindow(window),
                0))
        .passTokens("document", tokens);
  }
}
