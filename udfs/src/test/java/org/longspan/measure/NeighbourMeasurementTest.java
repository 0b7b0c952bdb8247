package org.longspan.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.longspan.context.PassPredictions;
import org.longspan.model.CausalLm;
import org.longspan.model.LoadedModels;
import org.longspan.model.ModelDirectory;
import org.longspan.model.Predictions;
import org.longspan.tokenizer.Tokenizer;

class NeighbourMeasurementTest {
  private static CausalLm model;

  @BeforeAll
  static void openStarter() {
    model = LoadedModels.of(ModelDirectory.resolve("builtin:starter"), "cpu");
  }

  @Test
  void theSameTokensArePredictedAloneAndAfterEachNeighbour() {
    int[] document = random(1, 30);
    int[] neighbour = random(2, 17);
    NeighbourPredictions measured =
        new NeighbourMeasurement(model, 4096)
            .measure(document, List.of(neighbour, random(3, 5), new int[0]))
            .measurement();

    int[] both = Arrays.copyOf(neighbour, 47);
    System.arraycopy(document, 0, both, 17, 30);
    Predictions expected = model.predict(new int[][] {both});
    PassPredictions first = measured.after().get(0);
    assertThat(first.entropies())
        .containsExactly(Arrays.copyOfRange(expected.entropies()[0], 17, 46), within(2e-4f));
    assertThat(first.losses())
        .containsExactly(Arrays.copyOfRange(expected.losses()[0], 17, 46), within(2e-4f));
    assertThat(measured.after()).hasSize(3);
    assertThat(measured.after().get(2).entropies())
        .as("after nothing")
        .containsExactly(measured.alone().entropies(), within(2e-4f));
  }

  @Test
  void aCopyOfTheDocumentMakesTheModelSurer() {
    int[] tokens =
        Tokenizer.load("builtin:starter")
            .encode(
                "The harbour master of Ravenglass counted nineteen schooners and one grey frigate "
                    + "before the fog came down over the estuary and the lamps were lit.");
    NeighbourPredictions measured =
        new NeighbourMeasurement(model, 4096).measure(tokens, List.of(tokens)).measurement();

    assertThat(mean(measured.after().get(0).losses())).isLessThan(mean(measured.alone().losses()));
  }

  @Test
  void aTokenThatTheModelLacksFailsTheDocument() {
    Measured<NeighbourPredictions> measured =
        new NeighbourMeasurement(model, 4096).measure(random(4, 9), List.of(new int[] {1_000_000}));
    assertThat(measured.error()).contains("1000000").contains("vocabulary");
  }

  private static double mean(float[] values) {
    double sum = 0;

    for (float value : values) {
      sum += value;
    }

    return sum / values.length;
  }

  private static int[] random(long seed, int count) {
    return new Random(seed).ints(count, 0, 8192).toArray();
  }
}
