package org.longspan.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GradientModelTest {
  private static final ModelDirectory STARTER = ModelDirectory.resolve("builtin:starter");

  @Test
  void lossesAreThoseOfTheDecoder() {
    int[][] rows = {text(1, 200), text(2, 200)};
    float[][] expected = LoadedModels.of(STARTER, "cpu").losses(rows);
    float[][] losses = LoadedModels.gradients(STARTER, "cpu").losses(rows);

    for (int r = 0; r < rows.length; r++) {
      assertThat(losses[r]).containsExactly(expected[r], within(1e-4f));
    }
  }

  /**
   * The gain along a small step is the rate times the square of the gradient, so it is positive.
   */
  @Test
  void aStepLowersTheLossThatItIsTakenOn() {
    GradientModel model = LoadedModels.gradients(STARTER, "cpu");
    int[] row = text(3, 40);
    double before = mean(model.losses(new int[][] {row})[0]);

    assertThat(mean(model.lossesAfterStep(row, 1, 0, new int[][] {row})[0]))
        .isCloseTo(before, within(1e-6));
    double small = before - mean(model.lossesAfterStep(row, 1, 1e-4, new int[][] {row})[0]);
    double twice = before - mean(model.lossesAfterStep(row, 1, 2e-4, new int[][] {row})[0]);
    assertThat(small).isPositive();
    assertThat(twice).isCloseTo(2 * small, within(0.1 * small));
  }

  /** The last token is nothing's context. */
  @Test
  void onlyContextHasAGradient() {
    int[] row = text(4, 30);
    float[][] gradient = LoadedModels.gradients(STARTER, "cpu").onEmbeddings(row, 20).byToken();

    assertThat(gradient).hasDimensions(30, 256);
    assertThat(gradient[29]).containsOnly(0);
    assertThat(Arrays.asList(gradient).subList(0, 29))
        .allSatisfy(each -> assertThat(each).isNotEqualTo(new float[256]));
  }

  @Test
  void nothingIsLeftOfACallAndTheWeightsStayWhatTheyAre() {
    try (GradientModel model = GradientModel.open(STARTER, "cpu")) {
      int[] row = text(5, 50);
      int[][] segments = {text(6, 12), text(7, 12)};
      int held = model.arraysHeld();
      float[][] before = model.losses(segments);

      for (int i = 0; i < 5; i++) {
        model.onEmbeddings(row, 25);
        model.lossesAfterStep(row, 25, 1, segments);
        assertThatThrownBy(() -> model.losses(new int[][] {{0, 8192}}))
            .isInstanceOf(ModelException.class)
            .hasMessageContaining("The token id 8192 is not in the model's vocabulary of 8192");
      }

      assertThat(model.arraysHeld()).isEqualTo(held);
      assertThat(model.losses(segments)).isDeepEqualTo(before);
    }
  }

  @Test
  void concurrentCallsGiveWhatCallsInTurnGive() {
    GradientModel model = LoadedModels.gradients(STARTER, "cpu");
    int[] row = text(8, 60);
    float[] alone = model.lossesAfterStep(row, 30, 0.01, new int[][] {text(9, 12)})[0];
    float[] gradient = model.onEmbeddings(row, 30).byToken()[7];

    IntStream.range(0, 6)
        .mapToObj(
            i ->
                CompletableFuture.runAsync(
                    () -> {
                      assertThat(model.onEmbeddings(row, 30).byToken()[7]).isEqualTo(gradient);
                      assertThat(model.lossesAfterStep(row, 30, 0.01, new int[][] {text(9, 12)})[0])
                          .isEqualTo(alone);
                    }))
        .toList()
        .forEach(CompletableFuture::join);
  }

  @Test
  void aRowNeedsATokenWhoseLossCounts() {
    GradientModel model = LoadedModels.gradients(STARTER, "cpu");

    assertThatThrownBy(() -> model.onEmbeddings(text(1, 8), 8))
        .hasMessage(
            "A row of 8 tokens has no losses from token 8 on: it has those of tokens 1 to 7.");
    assertThatThrownBy(() -> model.onEmbeddings(text(1, 8), 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static double mean(float[] losses) {
    return IntStream.range(0, losses.length).mapToDouble(i -> losses[i]).average().getAsDouble();
  }

  private static int[] text(int seed, int length) {
    return IntStream.range(0, length).map(i -> 3 + (seed * 7919 + i * i * 31 + i) % 8000).toArray();
  }
}
