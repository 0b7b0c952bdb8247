package org.longspan.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longspan.model.EmbedderDirectory;
import org.longspan.model.ModelException;
import org.longspan.model.TorchScript;

class TextEmbedderTest {
  private static final EmbedderDirectory MINILM =
      EmbedderDirectory.resolve("builtin:minilm", TorchScript.REFUSED);

  @TempDir Path directory;

  @Test
  void textsOfLikeMeaningHaveLikeVectors() {
    List<float[]> vectors =
        TextEmbedder.of(MINILM)
            .embed(
                List.of(
                    "A man is eating food.",
                    "A man is eating a piece of bread.",
                    "The girl is carrying a baby."),
                1);

    // The model card's own sentences; the figures are those that sentence-transformers prints.
    assertThat(vectors).allSatisfy(v -> assertThat(v).hasSize(384));
    assertThat(dot(vectors.get(0), vectors.get(0))).isCloseTo(1, within(1e-5));
    assertThat(dot(vectors.get(0), vectors.get(1))).isCloseTo(0.7553, within(0.005));
    assertThat(dot(vectors.get(0), vectors.get(2))).isLessThan(0.2);
  }

  @Test
  void aVectorHardlyDependsOnWhatElseIsInTheBatch() {
    TextEmbedder embedder = TextEmbedder.of(MINILM);
    List<String> texts = new ArrayList<>(List.of("Short.", "word ".repeat(400), "Another one."));
    List<float[]> together = embedder.embed(texts, 3);

    for (int t = 0; t < texts.size(); t++) {
      float[] alone = embedder.embed(List.of(texts.get(t)), 3).get(0);
      assertThat(dot(alone, together.get(t))).isCloseTo(1, within(1e-4));
    }
  }

  @Test
  void theEndOfALongTextCountsWhereTheWindowsReachIt() {
    TextEmbedder embedder = TextEmbedder.of(MINILM);
    String whales = "Whales sing in the deep ocean. ".repeat(200);
    String engines = "The steam engine drives a locomotive. ".repeat(200);
    float[] engine = embedder.embed(List.of(engines), 1).get(0);

    double one = dot(engine, embedder.embed(List.of(whales + engines), 1).get(0));
    double four = dot(engine, embedder.embed(List.of(whales + engines), 4).get(0));
    assertThat(one).isLessThan(0.3);
    assertThat(four).isGreaterThan(0.6);
  }

  @Test
  void aTextOfManyTokensIsReadToItsEnd() {
    TextEmbedder embedder = TextEmbedder.of(MINILM);
    String head = "x1=f(y2)*z3;".repeat(60);

    float[] one = embedder.embed(List.of(head + "The whales sing. ".repeat(30)), 4).get(0);
    float[] other = embedder.embed(List.of(head + "Steam engines roar. ".repeat(30)), 4).get(0);
    assertThat(dot(one, other)).isLessThan(0.95);
  }

  @Test
  void aTextWithoutATokenHasNoVector() {
    assertThat(TextEmbedder.of(MINILM).embed(List.of("", " \n", "x"), 2))
        .satisfiesExactly(
            v -> assertThat(v).isNull(),
            v -> assertThat(v).isNull(),
            v -> assertThat(v).isNotNull());
  }

  @Test
  void anEmbedderThatIsNotWholeIsNamed() throws IOException {
    assertThatThrownBy(() -> resolve("/nowhere")).hasMessageContaining("/nowhere");
    assertThatThrownBy(() -> resolve(directory.toString()))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("has no tokenizer.json");

    Files.copy(MINILM.tokenizer(), directory.resolve("tokenizer.json"));
    assertThatThrownBy(() -> resolve(directory.toString()))
        .hasMessageContaining("neither model.onnx nor");
    Files.writeString(directory.resolve("model.ts"), "x");
    assertThatThrownBy(() -> resolve(directory.toString()))
        .hasMessageContaining("model.allow-torchscript");
    Files.writeString(directory.resolve("model.onnx"), "no model");
    assertThatThrownBy(() -> TextEmbedder.of(resolve(directory.toString())))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("model.onnx cannot be loaded");
  }

  @Test
  void anEmbedderOfAnotherDimensionThanItSaysIsRefused() throws IOException {
    Files.copy(MINILM.tokenizer(), directory.resolve("tokenizer.json"));
    Files.copy(MINILM.model(), directory.resolve("model.onnx"));
    Files.writeString(directory.resolve("config.json"), "{\"hidden_size\": 768}");
    EmbedderDirectory wrong = resolve(directory.toString());

    assertThat(wrong.fingerprint()).isNotEqualTo(MINILM.fingerprint());
    assertThatThrownBy(() -> TextEmbedder.of(wrong).embed(List.of("text"), 1))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("384 components, but its config.json says hidden_size 768");
  }

  private static EmbedderDirectory resolve(String location) {
    return EmbedderDirectory.resolve(location, TorchScript.REFUSED);
  }

  private static double dot(float[] one, float[] other) {
    double sum = 0;
    for (int c = 0; c < one.length; c++) {
      sum += (double) one[c] * other[c];
    }

    return sum;
  }
}
