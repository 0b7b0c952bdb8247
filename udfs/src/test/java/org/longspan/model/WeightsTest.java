package org.longspan.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Element types, shards, biases and output layers, on models of one layer. */
class WeightsTest {
  private static final int[][] ROWS = {{3, 1, 4, 1, 5, 9, 2, 6}, {5, 3, 5, 8, 9, 7, 9, 3}};

  @TempDir Path directory;

  @Test
  void theElementTypeOfTheFileDoesNotMatter() throws IOException {
    float[][] expected =
        losses(TinyModel.tied().write(directory.resolve("a"), Safetensors.Type.F32, 1));
    assertThat(losses(TinyModel.tied().write(directory.resolve("b"), Safetensors.Type.F16, 1)))
        .isDeepEqualTo(expected);
    assertThat(losses(TinyModel.tied().write(directory.resolve("c"), Safetensors.Type.BF16, 1)))
        .isDeepEqualTo(expected);
  }

  @Test
  void shardsAreOneModel() throws IOException {
    ModelDirectory one = TinyModel.untied().write(directory.resolve("a"), Safetensors.Type.F16, 1);
    ModelDirectory three =
        TinyModel.untied().write(directory.resolve("b"), Safetensors.Type.F16, 3);
    assertThat(losses(three)).isDeepEqualTo(losses(one));
    assertThat(three.fingerprint()).isNotEqualTo(one.fingerprint());
  }

  @Test
  void aMissingShardIsNamed() throws IOException {
    TinyModel.untied().write(directory, Safetensors.Type.F16, 3);
    Files.delete(directory.resolve("model-00002.safetensors"));
    assertThatThrownBy(() -> ModelDirectory.resolve(directory.toString()))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("model-00002.safetensors");
  }

  @Test
  void tensorsAreReadByPieces() throws IOException {
    ModelDirectory model = TinyModel.tied().write(directory, Safetensors.Type.BF16, 1);

    try (NDManager manager = PyTorch.manager("cpu")) {
      String name = "model.embed_tokens.weight";
      Shape shape = new Shape(TinyModel.VOCABULARY, 8);
      NDArray pieces = new TensorReader(model.checkpoint(), manager, 7).read(name, shape);
      assertThat(pieces.toFloatArray()).containsExactly(TinyModel.tied().tensor(name));
    }
  }

  @Test
  void anOutputLayerOfItsOwnIsUsed() throws IOException {
    TinyModel same = TinyModel.untied();
    float[] embedding = same.tensor("model.embed_tokens.weight");
    System.arraycopy(embedding, 0, same.tensor("lm_head.weight"), 0, embedding.length);
    float[][] tied =
        losses(TinyModel.tied().write(directory.resolve("a"), Safetensors.Type.F32, 1));
    assertThat(losses(same.write(directory.resolve("b"), Safetensors.Type.F32, 1)))
        .isDeepEqualTo(tied);

    same.tensor("lm_head.weight")[0] += 3;
    assertThat(losses(same.write(directory.resolve("c"), Safetensors.Type.F32, 1))[0])
        .isNotEqualTo(tied[0]);
  }

  /** From transformers' LlamaForCausalLM with the same weights in single precision. */
  @Test
  void biasesAreAddedAsTransformersAddsThem() throws IOException {
    ModelDirectory model = TinyModel.biased().write(directory, Safetensors.Type.F32, 1);
    float[] expected = {
      4.0820894f, 1.7793174f, 4.386386f, 2.1460569f, 5.470418f, 6.1471782f, 2.8856258f
    };
    assertThat(losses(model)[0]).containsExactly(expected, within(1e-5f));
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.NEGATIVE_INFINITY})
  void aWeightThatIsNotFiniteIsNamedByItsTensor(float value) throws IOException {
    TinyModel damaged = TinyModel.tied();
    damaged.tensor("model.layers.0.mlp.up_proj.weight")[7] = value;
    ModelDirectory model = damaged.write(directory, Safetensors.Type.F32, 1);
    assertThatThrownBy(() -> CausalLm.open(model))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("'model.layers.0.mlp.up_proj.weight'")
        .hasMessageContaining("not finite");
  }

  @Test
  void largeWeightsAreFiniteThoughTheirSumIsNot() throws IOException {
    TinyModel large = TinyModel.tied();
    Arrays.fill(large.tensor("model.norm.weight"), Float.MAX_VALUE);
    CausalLm.open(large.write(directory, Safetensors.Type.F32, 1)).close();
  }

  @Test
  void aModelThatLosesItsFootingSaysSo() throws IOException {
    TinyModel broken = TinyModel.tied();
    Arrays.fill(broken.tensor("model.norm.weight"), Float.MAX_VALUE);
    ModelDirectory model = broken.write(directory, Safetensors.Type.F32, 1);
    assertThat(losses(model)[0]).containsOnly(Float.NaN);
  }

  @Test
  void largeLogitsDoNotOverflow() throws IOException {
    TinyModel steep = TinyModel.tied();
    Arrays.fill(steep.tensor("model.norm.weight"), 1e4f);

    for (float loss : losses(steep.write(directory, Safetensors.Type.F32, 1))[0]) {
      assertThat(loss).isFinite().isNotNegative();
    }
  }

  private static float[][] losses(ModelDirectory directory) {
    try (CausalLm model = CausalLm.open(directory)) {
      return model.losses(ROWS);
    }
  }
}
