package org.longspan.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CausalLmTest {
  private static ModelDirectory starter;
  private static CausalLm model;

  @BeforeAll
  static void openStarter() {
    starter = ModelDirectory.resolve("builtin:starter");
    model = LoadedModels.of(starter, "cpu");
  }

  /**
   * Single precision is what divides the two: the reference is itself up to 2e-4 from the losses in
   * double precision at a few tokens of these texts.
   */
  @Test
  void lossesEqualTheReference() throws IOException {
    Map<String, int[]> documents = ReferenceScores.tokens("documents-4k.jsonl", starter);
    Map<String, JsonNode> expected = ReferenceScores.lines("starter-4k.jsonl");
    assertThat(documents).hasSameSizeAs(expected);

    documents.forEach(
        (id, tokens) -> {
          JsonNode nll = expected.get(id).path("nll");
          assertThat(tokens).as(id).hasSize(expected.get(id).path("count").asInt());
          int[] row = Arrays.copyOf(tokens, Math.min(tokens.length, nll.size() + 1));

          if (row.length < 2) {
            assertThat(nll).as(id).isEmpty();
            return;
          }

          float[] losses = model.losses(new int[][] {row})[0];
          assertThat(losses).as(id).hasSize(nll.size());

          for (int t = 0; t < losses.length; t++) {
            assertThat(losses[t]).as(id).isCloseTo((float) nll.get(t).asDouble(), within(3e-4f));
          }
        });
  }

  @Test
  void lossesAfterASharedContextEqualThoseOfTheWholeRow() {
    int[][] contexts = {text(1, 128), text(2, 128), text(3, 128)};
    int[] contextRow = {2, 0, 0, 1};
    int[][] continuations = {text(4, 128), text(5, 128), text(6, 128), text(7, 128)};

    try (CausalLm.Context context = model.read(contexts)) {
      float[][] shared = model.losses(context, contextRow, continuations);

      for (int r = 0; r < continuations.length; r++) {
        float[] whole =
            model.losses(new int[][] {joined(contexts[contextRow[r]], continuations[r])})[0];
        assertThat(shared[r])
            .usingElementComparator((a, b) -> Math.abs(a - b) <= 5e-5f ? 0 : 1)
            .containsExactly(Arrays.copyOfRange(whole, 128, 255));
      }

      assertThat(context.losses()).isDeepEqualTo(model.losses(contexts));
      assertThat(context.length()).isEqualTo(128);
    }
  }

  @Test
  void contextAndContinuationMayDifferInLength() {
    int[] before = text(8, 17);
    int[] after = text(9, 5);

    try (CausalLm.Context context = model.read(new int[][] {before})) {
      float[] shared = model.losses(context, new int[] {0}, new int[][] {after})[0];
      float[] whole = model.losses(new int[][] {joined(before, after)})[0];
      assertThat(shared)
          .hasSize(4)
          .containsExactly(Arrays.copyOfRange(whole, 17, 21), within(1e-5f));
    }
  }

  @Test
  void rowsDoNotSeeEachOther() {
    int[] row = text(10, 64);
    float[] alone = model.losses(new int[][] {row})[0];
    float[] among = model.losses(new int[][] {text(11, 64), row, text(12, 64)})[1];
    assertThat(among).containsExactly(alone, within(1e-5f));
  }

  /** What a GPU does, in fp16 on the processor: every step but the matrix products as in single. */
  @Test
  void halfPrecisionIsNearSinglePrecision() {
    int[][] rows = {text(13, 24), text(14, 24)};
    int[][] after = {text(15, 8)};

    try (CausalLm half = CausalLm.open(starter, PyTorch.manager("cpu"), Precision.HALF);
        CausalLm.Context one = model.read(rows);
        CausalLm.Context two = half.read(rows)) {
      assertThat(two.losses()[1]).containsExactly(one.losses()[1], within(0.1f));
      assertThat(two.losses()[1]).isNotEqualTo(one.losses()[1]);
      assertThat(half.losses(two, new int[] {1}, after)[0])
          .containsExactly(model.losses(one, new int[] {1}, after)[0], within(0.1f));
      assertThat(half.predict(rows).entropies()[0])
          .containsExactly(model.predict(rows).entropies()[0], within(0.1f));
    }
  }

  @Test
  void losesNothingOverHundredsOfPasses() {
    int before = model.arraysHeld();

    for (int i = 0; i < 300; i++) {
      model.losses(new int[][] {text(i, 16)});

      try (CausalLm.Context context = model.read(new int[][] {text(i, 8), text(i + 1, 8)})) {
        model.losses(
            context, new int[] {1, 0, 1}, new int[][] {text(i, 4), text(i, 4), text(i, 4)});
      }
    }

    assertThat(model.arraysHeld()).isEqualTo(before);
  }

  @Test
  void concurrentPassesGiveWhatPassesByThemselvesGive() {
    int[][][] batches =
        IntStream.range(0, 8).mapToObj(i -> new int[][] {text(i, 100 + i)}).toArray(int[][][]::new);
    float[][][] expected = Arrays.stream(batches).map(model::losses).toArray(float[][][]::new);
    CompletableFuture<?>[] running =
        IntStream.range(0, 8)
            .mapToObj(
                i ->
                    CompletableFuture.runAsync(
                        () -> {
                          for (int k = 0; k < 10; k++) {
                            assertThat(model.losses(batches[i])).isDeepEqualTo(expected[i]);
                          }
                        }))
            .toArray(CompletableFuture[]::new);
    CompletableFuture.allOf(running).join();
  }

  @Test
  void oneModelServesAllWhoAskForTheSameFiles() {
    assertThat(LoadedModels.of(ModelDirectory.resolve("builtin:starter"), "cpu")).isSameAs(model);
  }

  @Test
  void refusesTokensOutsideTheVocabulary() {
    assertThatThrownBy(() -> model.losses(new int[][] {{5, 8192}}))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("8192")
        .hasMessageContaining("tokenizer that was published with the model");
    assertThatThrownBy(() -> model.losses(new int[][] {{5, -1}}))
        .isInstanceOf(ModelException.class);
  }

  @Test
  void namesTheModelsPositionsWhereMoreAreAskedFor() {
    model.requirePositions(2048);
    assertThatThrownBy(() -> model.requirePositions(4096))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "The model has 2,048 positions, but 4,096 tokens are asked for at once (a start token counts, where one is set): choose a smaller window or a model with more positions.");
  }

  @Test
  void refusesRowsThatAreNoBatch() {
    assertThatThrownBy(() -> model.losses(new int[][] {{1, 2}, {1, 2, 3}}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("one length");
    assertThatThrownBy(() -> model.losses(new int[][] {{1}}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> model.losses(new int[][] {}))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesAContextRowThatIsNotThere() {
    try (CausalLm.Context context = model.read(new int[][] {{1, 2}})) {
      assertThatThrownBy(() -> model.losses(context, new int[] {1}, new int[][] {{1, 2}}))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("context row 1");
    }
  }

  @Test
  void refusesADeviceThatIsNotThere() {
    assertThatThrownBy(() -> CausalLm.open(starter, "gpu99"))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("gpu99")
        .hasMessageContaining("cpu");
    assertThatThrownBy(() -> CausalLm.open(starter, "abacus"))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("abacus");
  }

  /** Some tokens, the same for the same seed. */
  private static int[] text(int seed, int length) {
    return new java.util.Random(seed).ints(length, 3, 8192).toArray();
  }

  private static int[] joined(int[] first, int[] second) {
    return IntStream.concat(Arrays.stream(first), Arrays.stream(second)).toArray();
  }
}
