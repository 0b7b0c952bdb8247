package org.longspan.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.longspan.attention.AttentionReadings;
import org.longspan.attention.AttentionView;
import org.longspan.attention.DistanceMasses;
import org.longspan.attention.FarMasses;
import org.longspan.attention.Heads;
import org.longspan.attention.ResponseMasses;
import org.longspan.attention.SpanMasses;

/**
 * Every family against transformers: tiny random models that {@code families.py} makes, in the
 * files that transformers writes, and the loss of each token.
 */
class FamiliesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final float TOLERANCE = 1e-4f;
  private static final float HALF_TOLERANCE = 0.05f;
  private static final double MASS_TOLERANCE = 1e-4;
  // Longer than a window, and both sides of it longer than none.
  private static final int SPLIT = 140;

  @TempDir static Path models;

  private static int[][] rows;
  private static JsonNode expected;
  private static JsonNode attention;

  @BeforeAll
  static void makeModels() throws Exception {
    JsonNode written = PythonModels.make("families.py", models);
    rows = JSON.convertValue(written.path("rows"), int[][].class);
    expected = written.path("losses");
    attention = written.path("attention");
  }

  @TestFactory
  Stream<DynamicTest> lossesAreThoseOfTransformers() {
    return expected.properties().stream()
        .map(
            model ->
                dynamicTest(
                    model.getKey(),
                    () ->
                        compare(
                            models.resolve(model.getKey()),
                            JSON.convertValue(model.getValue(), float[][].class))));
  }

  /** Windows, caps, norms, turns and grouped heads included; alone and beside the losses. */
  @TestFactory
  Stream<DynamicTest> attentionIsThatOfTransformers() {
    return attention.properties().stream()
        .map(each -> dynamicTest(each.getKey(), () -> attend(each.getKey(), each.getValue())));
  }

  @Test
  void attentionIsNotReadBeyondLearnedPositions() {
    int[] row = new int[513];
    List<FarMasses> views = List.of(new FarMasses(1));

    try (CausalLm model = CausalLm.open(directory("gpt2"));
        CausalLm first = CausalLm.openFirstLayer(directory("opt"), "cpu")) {
      for (CausalLm each : List.of(model, first)) {
        assertThatThrownBy(() -> each.attend(row, 0, views, Besides.NOTHING))
            .isInstanceOf(ModelException.class)
            .hasMessageContaining("512 positions")
            .hasMessageContaining("513 tokens");
      }
    }
  }

  /** What a GPU does, in fp16 on the processor; bfloat16 ends the JVM on some processors. */
  @TestFactory
  Stream<DynamicTest> halfPrecisionIsNear() {
    return expected.properties().stream()
        .filter(each -> !directory(each.getKey()).checkpoint().has(Safetensors.Type.BF16))
        .map(
            each ->
                dynamicTest(
                    each.getKey(),
                    () -> {
                      float[][] losses = JSON.convertValue(each.getValue(), float[][].class);

                      try (CausalLm model =
                          CausalLm.open(
                              directory(each.getKey()), PyTorch.manager("cpu"), Precision.HALF)) {
                        assertThat(model.losses(rows)[0])
                            .containsExactly(losses[0], within(HALF_TOLERANCE));
                      }
                    }));
  }

  @TestFactory
  Stream<DynamicTest> everyFamilyIsAmongThem() throws IOException {
    return ModelFamilies.architectures().stream()
        .map(
            architecture ->
                dynamicTest(
                    architecture,
                    () ->
                        assertThat(expected.fieldNames())
                            .toIterable()
                            .anyMatch(name -> config(name).architecture().equals(architecture))));
  }

  private static void compare(Path directory, float[][] losses) {
    try (CausalLm model = CausalLm.open(ModelDirectory.resolve(directory.toString()))) {
      float[][] whole = model.losses(rows);

      try (CausalLm.Context context = model.read(columns(0, SPLIT))) {
        int[] contextRow = {1, 0, 1};
        int[][] continuations = columns(SPLIT, rows[0].length);
        float[][] after =
            model.losses(
                context,
                contextRow,
                new int[][] {continuations[1], continuations[0], continuations[1]});

        for (int i = 0; i < after.length; i++) {
          float[] wanted =
              Arrays.copyOfRange(losses[contextRow[i]], SPLIT, losses[contextRow[i]].length);
          assertThat(after[i]).containsExactly(wanted, within(TOLERANCE));
        }
      }

      for (int i = 0; i < rows.length; i++) {
        assertThat(whole[i]).containsExactly(losses[i], within(TOLERANCE));
      }
    }
  }

  private static void attend(String name, JsonNode wanted) {
    SpanMasses causal = new SpanMasses(25, 1, SpanMasses.Keys.CAUSAL, Heads.ALL);
    SpanMasses earlier = new SpanMasses(25, 1, SpanMasses.Keys.EARLIER, Heads.ALL);
    DistanceMasses distances = new DistanceMasses(25, 1, 3, Heads.ALL);
    ResponseMasses response = new ResponseMasses(40, 60, Heads.ALL);
    FarMasses far = new FarMasses(75);
    List<AttentionView<?>> views = List.of(causal, earlier, distances, response, far);

    try (CausalLm model = CausalLm.open(directory(name));
        CausalLm first = CausalLm.openFirstLayer(directory(name), "cpu")) {
      AttentionReadings read = model.attend(rows[0], 0, views, Besides.NOTHING).attention();
      requireNear(read.of(causal), wanted.path("causal"), double[][][].class);
      requireNear(read.of(earlier), wanted.path("earlier"), double[][][].class);
      requireNear(read.of(distances), wanted.path("distances"), double[][].class);
      requireNear(read.of(response), wanted.path("response"), double[][].class);
      requireFar(read.of(far), wanted.path("far"));
      requireFar(
          first.attend(rows[0], 0, List.of(far), Besides.NOTHING).attention().of(far),
          wanted.path("far"));

      Attended beside = model.attend(rows[0], 0, views, Besides.LOSSES);
      assertThat(beside.predictions().losses())
          .containsExactly(
              JSON.convertValue(expected.path(name).path(0), float[].class), within(TOLERANCE));
      assertThat(beside.attention().of(causal)).isDeepEqualTo(read.of(causal));
    }
  }

  private static void requireFar(FarMasses.Sums sums, JsonNode wanted) {
    requireNear(new double[][] {sums.weights(), sums.squares()}, wanted, double[][].class);
  }

  private static <A> void requireNear(A read, JsonNode wanted, Class<A> type) {
    assertThat(read)
        .usingRecursiveComparison()
        .withComparatorForType(
            (a, b) -> Math.abs(a - b) <= MASS_TOLERANCE * Math.max(1, Math.abs(b)) ? 0 : 1,
            Double.class)
        .isEqualTo(JSON.convertValue(wanted, type));
  }

  private static ModelConfig config(String name) {
    return directory(name).config();
  }

  private static ModelDirectory directory(String name) {
    return ModelDirectory.resolve(models.resolve(name).toString());
  }

  private static int[][] columns(int from, int to) {
    return Arrays.stream(rows).map(row -> Arrays.copyOfRange(row, from, to)).toArray(int[][]::new);
  }
}
