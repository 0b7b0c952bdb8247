package org.longspan.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.longspan.attention.FarMasses;
import org.longspan.attention.Heads;

/** The models of src/test/python/scripted.py, whose logits are means of sines. */
class ScriptedModelTest {
  private static final int VOCABULARY = 40;
  private static final int[] ROW = {3, 14, 15, 9, 26, 5, 35, 8};

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({"scripted.pt, model.ts", "scripted-tuple.pt, model.pt"})
  void aModelOfAnUnknownArchitectureRunsWhereItIsAllowed(String source, String name)
      throws IOException {
    write(source, name, VOCABULARY);

    try (CausalLm model = open()) {
      Predictions said = model.predict(new int[][] {{0, 1, 2, 3, 4, 5, 6, 7}, ROW});

      for (int t = 0; t < ROW.length - 1; t++) {
        double[] log = logProbabilities(t);
        int next = ROW[t + 1];
        double entropy = -Arrays.stream(log).map(l -> Math.exp(l) * l).sum();
        assertThat(said.losses()[1][t]).isCloseTo((float) -log[next], within(1e-4f));
        assertThat(said.entropies()[1][t]).isCloseTo((float) entropy, within(1e-4f));
        assertThat(said.first()[1][t])
            .isEqualTo(log[next] == Arrays.stream(log).max().getAsDouble());
      }

      assertThat(model.losses(new int[][] {ROW})[0])
          .containsExactly(said.losses()[1], within(1e-5f));
      assertThat(model.config().vocabulary()).isEqualTo(VOCABULARY);
      assertThat(model.config().positions()).isEqualTo(64);
      assertThat(model.config().startToken()).hasValue(2);
    }
  }

  @Test
  void continuationsSeeTheirContextsAsInOneRow() throws IOException {
    write("scripted.pt", "model.ts", VOCABULARY);

    try (CausalLm model = open();
        CausalLm.Context context = model.read(new int[][] {{1, 2, 3}, {3, 14, 15}})) {
      float[] after = model.losses(context, new int[] {1}, new int[][] {{9, 26, 5, 35, 8}})[0];
      assertThat(after)
          .containsExactly(
              Arrays.copyOfRange(model.losses(new int[][] {ROW})[0], 3, 7), within(1e-5f));
      assertThat(context.losses())
          .isDeepEqualTo(model.losses(new int[][] {{1, 2, 3}, {3, 14, 15}}));
    }
  }

  @Test
  void attentionIsNotShown() throws IOException {
    write("scripted.pt", "model.ts", VOCABULARY);
    FarMasses view = new FarMasses(2);

    try (CausalLm model = open()) {
      assertThatThrownBy(() -> model.attend(ROW, 0, List.of(view), Besides.LOSSES))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("model.ts gives logits and does not show its attention")
          .hasMessageContaining("LlamaForCausalLM");
      assertThatThrownBy(() -> model.requireHeads(Heads.ALL)).isInstanceOf(ModelException.class);
    }

    assertThatThrownBy(() -> CausalLm.openFirstLayer(resolve(), "cpu"))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("model.ts");
  }

  @Test
  void codeIsNotRunUnlessItIsAllowed() throws IOException {
    write("scripted.pt", "model.ts", VOCABULARY);
    assertThatThrownBy(() -> ModelDirectory.resolve(directory.toString()))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("MeansForCausalLM")
        .hasMessageContaining("model.ts")
        .hasMessageContaining("model.allow-torchscript = true");
  }

  @Test
  void withoutAFileTheArchitectureIsRefusedEvenWhereCodeIsAllowed() throws IOException {
    write("scripted.pt", "other.bin", VOCABULARY);
    assertThatThrownBy(this::resolve)
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("MeansForCausalLM")
        .hasMessageContaining("LlamaForCausalLM");
  }

  @Test
  void theFingerprintIsOfTheFile() throws IOException {
    write("scripted.pt", "model.ts", VOCABULARY);
    String one = resolve().fingerprint();
    write("scripted-tuple.pt", "model.ts", VOCABULARY);
    assertThat(resolve().fingerprint()).isNotEqualTo(one);
  }

  @Test
  void logitsOfAnotherVocabularyAreRefused() throws IOException {
    write("scripted.pt", "model.ts", 41);

    try (CausalLm model = open()) {
      assertThatThrownBy(() -> model.losses(new int[][] {ROW}))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("(1, 8, 40)")
          .hasMessageContaining("(1, 8, 41)");
    }
  }

  @Test
  void itsGradientsCannotBeComputed() throws IOException {
    write("scripted.pt", "model.ts", VOCABULARY);
    assertThatThrownBy(() -> GradientModel.require(resolve()))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("(MeansForCausalLM) cannot be computed")
        .hasMessageContaining("its arithmetic is a TorchScript file");
  }

  @Test
  void aFileThatIsNoTorchScriptIsNamed() throws IOException {
    write("scripted.pt", "model.ts", VOCABULARY);
    Files.writeString(directory.resolve("model.ts"), "import torch");
    assertThatThrownBy(this::open)
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("model.ts");
  }

  /** ln p of each token after tokens 0 to t of the row. */
  private static double[] logProbabilities(int t) {
    double[] logits =
        IntStream.range(0, VOCABULARY)
            .mapToDouble(
                token ->
                    IntStream.range(0, 6)
                        .mapToDouble(c -> 2 * Math.cos(2 + 5 * token + 4 * c) * mean(t, c))
                        .sum())
            .toArray();
    double total = Math.log(Arrays.stream(logits).map(Math::exp).sum());
    return Arrays.stream(logits).map(logit -> logit - total).toArray();
  }

  private static double mean(int t, int column) {
    return IntStream.rangeClosed(0, t)
        .mapToDouble(i -> Math.sin(1 + 7 * ROW[i] + 3 * column))
        .average()
        .getAsDouble();
  }

  private CausalLm open() {
    return CausalLm.open(resolve());
  }

  private ModelDirectory resolve() {
    return ModelDirectory.resolve(directory.toString(), TorchScript.ALLOWED);
  }

  private void write(String source, String name, int vocabulary) throws IOException {
    Files.writeString(
        directory.resolve("config.json"),
        """
        {"architectures": ["MeansForCausalLM"], "vocab_size": %d, "n_positions": 64, "bos_token_id": 2}
        """
            .formatted(vocabulary));
    Files.writeString(directory.resolve("tokenizer.json"), "{}");

    try (InputStream in = ScriptedModelTest.class.getResourceAsStream(source)) {
      Files.write(directory.resolve(name), in.readAllBytes());
    }
  }
}
