package org.longspan.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictionsTest {
  @TempDir Path directory;

  @Test
  void lossesAreThoseOfLosses() {
    CausalLm model = starter();
    int[][] rows = {text(1, 64), text(2, 64)};
    assertThat(model.predict(rows).losses()).isDeepEqualTo(model.losses(rows));
  }

  /** Each token of the vocabulary is tried as the next one, and the definitions are summed up. */
  @Test
  void entropyAndTheFirstTokenAreThoseOfTheWholeVocabulary() {
    CausalLm model = starter();
    int vocabulary = model.config().vocabulary();
    int[] text = text(3, 12);
    double[] surprises = new double[vocabulary];

    try (CausalLm.Context context = model.read(new int[][] {Arrays.copyOf(text, 11)})) {
      int[][] next =
          IntStream.range(0, vocabulary)
              .mapToObj(token -> new int[] {text[11], token})
              .toArray(int[][]::new);
      float[][] losses = model.losses(context, new int[vocabulary], next);
      Arrays.setAll(surprises, token -> losses[token][0]);
    }

    double entropy = Arrays.stream(surprises).map(s -> Math.exp(-s) * s).sum();
    int first =
        IntStream.range(0, vocabulary).reduce(0, (a, b) -> surprises[b] < surprises[a] ? b : a);
    Predictions hit = model.predict(new int[][] {followedBy(text, first)});
    assertThat(hit.entropies()[0][11]).isCloseTo((float) entropy, within(1e-4f));
    assertThat(hit.first()[0][11]).isTrue();

    Predictions miss = model.predict(new int[][] {followedBy(text, (first + 1) % vocabulary)});
    assertThat(miss.entropies()[0][11]).isCloseTo((float) entropy, within(1e-4f));
    assertThat(miss.first()[0][11]).isFalse();
  }

  @Test
  void ofEquallyProbableTokensTheLowestIsFirst() throws IOException {
    TinyModel even = TinyModel.untied();
    Arrays.fill(even.tensor("lm_head.weight"), 0);
    Predictions said = predict(even, new int[] {3, 0, 1, 15, 0});
    float most = (float) Math.log(TinyModel.VOCABULARY);
    assertThat(said.losses()[0])
        .containsExactly(new float[] {most, most, most, most}, within(1e-6f));
    assertThat(said.entropies()[0])
        .containsExactly(new float[] {most, most, most, most}, within(1e-6f));
    assertThat(said.first()[0]).containsExactly(true, false, false, true);
  }

  @Test
  void aCertainModelHasNoEntropy() throws IOException {
    TinyModel steep = TinyModel.tied();
    Arrays.fill(steep.tensor("model.norm.weight"), 1e6f);

    for (float entropy : predict(steep, new int[] {3, 1, 4, 1, 5}).entropies()[0]) {
      assertThat(entropy).isBetween(0f, 1e-6f);
    }
  }

  private Predictions predict(TinyModel tiny, int[] row) throws IOException {
    try (CausalLm model = CausalLm.open(tiny.write(directory, Safetensors.Type.F32, 1))) {
      return model.predict(new int[][] {row});
    }
  }

  private static CausalLm starter() {
    return LoadedModels.of(ModelDirectory.resolve("builtin:starter"), "cpu");
  }

  private static int[] text(int seed, int length) {
    return new Random(seed).ints(length, 3, 8192).toArray();
  }

  private static int[] followedBy(int[] text, int token) {
    return IntStream.concat(Arrays.stream(text), IntStream.of(token)).toArray();
  }
}
