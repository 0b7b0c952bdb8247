package org.longspan.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Gradients against PyTorch's own: tiny random models that {@code gradients.py} makes, the gradient
 * on their embeddings, and what segments gain by one step of {@code torch.optim.SGD}.
 */
class GradientsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path models;

  private static JsonNode expected;

  @BeforeAll
  static void makeModels() throws Exception {
    expected = PythonModels.make("gradients.py", models);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "llama-tied",
        "llama-biased",
        "llama-llama3",
        "qwen2",
        "gpt2",
        "gpt2-untied",
        "opt"
      })
  void lossesGradientsAndStepsAreThoseOfPyTorch(String name) {
    JsonNode wanted = expected.path("models").path(name);
    int[] row = array(expected.path("row"), int[].class);
    int[][] segments = array(expected.path("segments"), int[][].class);
    int first = expected.path("first").asInt();

    try (GradientModel model = GradientModel.open(directory(name), "cpu")) {
      float[] losses = array(wanted.path("losses"), float[].class);
      assertThat(model.losses(new int[][] {row})[0]).containsExactly(losses, within(1e-4f));

      GradientModel.EmbeddingGradient gradient = model.onEmbeddings(row, first);
      near(gradient.byToken(), array(wanted.path("gradient"), float[][].class));

      double rate = expected.path("rate").asDouble();
      float[][] before = model.losses(segments);
      float[][] after = model.lossesAfterStep(row, first, rate, segments);
      float[][] gains = new float[segments.length][before[0].length];

      for (int s = 0; s < gains.length; s++) {
        for (int t = 0; t < gains[s].length; t++) {
          gains[s][t] = before[s][t] - after[s][t];
        }
      }

      near(gains, array(wanted.path("gains"), float[][].class));
    }
  }

  @Test
  void aModelThatTheNetworkDoesNotKnowIsRefusedByName() {
    assertThatThrownBy(() -> GradientModel.open(directory("qwen3"), "cpu"))
        .isInstanceOf(ModelException.class)
        .hasMessageContainingAll(
            "(Qwen3ForCausalLM) cannot be computed, as its queries and keys have norms",
            "name a model shaped like Llama or GPT-2");
    assertThatThrownBy(() -> GradientModel.require(directory("mistral-window")))
        .hasMessageContaining("as its layers differ or see a window");
  }

  /** Within a thousandth of a row's largest number. */
  private static void near(float[][] found, float[][] wanted) {
    assertThat(found).hasDimensions(wanted.length, wanted[0].length);

    for (int r = 0; r < wanted.length; r++) {
      float largest = 0;

      for (float each : wanted[r]) {
        largest = Math.max(largest, Math.abs(each));
      }

      assertThat(found[r]).as("row " + r).containsExactly(wanted[r], within(1e-3f * largest));
    }
  }

  private static <T> T array(JsonNode node, Class<T> type) {
    return JSON.convertValue(node, type);
  }

  private static ModelDirectory directory(String name) {
    return ModelDirectory.resolve(models.resolve(name).toString());
  }
}
