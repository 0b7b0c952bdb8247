package org.longspan.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.longspan.attention.PlantedNeedle;
import org.longspan.attention.RetrievalHeads;
import org.longspan.attention.TopPositions;
import org.longspan.model.Besides;
import org.longspan.model.CausalLm;
import org.longspan.model.LoadedModels;
import org.longspan.model.ModelDirectory;
import org.longspan.tokenizer.Tokenizer;

/** Needles in this project's own pages, and where the starter model looks when asked for them. */
class NeedleTrialsTest {
  private static Haystack haystack;
  private static CausalLm model;

  @BeforeAll
  static void readThePages() throws IOException {
    String pages =
        Files.readString(Path.of(System.getProperty("longspan.root"), "docs", "benchmarks.md"));
    haystack = new Haystack(Tokenizer.load("builtin:starter"), pages);
    model = LoadedModels.of(ModelDirectory.resolve("builtin:starter"), "cpu");
  }

  @Test
  void needlesStandAtSpreadDepthsOfStretchesOfOneLength() {
    List<PlantedNeedle> planted = haystack.needles(4, 600, 1);

    assertThat(planted)
        .hasSize(4)
        .allSatisfy(
            each -> {
              int[] tokens = each.tokens();
              assertThat(tokens).hasSize(600);
              assertThat(Arrays.copyOfRange(tokens, each.from(), each.to()))
                  .containsExactly(Arrays.copyOfRange(tokens, 600 - each.answer(), 600))
                  .hasSizeGreaterThanOrEqualTo(8);
            });
    assertThat(planted.get(0).from()).isBetween(50, 120);
    assertThat(planted.get(3).from()).isBetween(400, 550);
    assertThat(planted).extracting(PlantedNeedle::from).isSorted();
  }

  @Test
  void theSeedDecidesWhatIsDrawn() {
    int[] one = haystack.needles(2, 600, 1).get(1).tokens();

    assertThat(haystack.needles(2, 600, 1).get(1).tokens()).containsExactly(one);
    assertThat(haystack.needles(2, 600, 2).get(1).tokens()).isNotEqualTo(one);
    assertThat(haystack.needles(2, 600, 1).get(0).tokens()).isNotEqualTo(one);
  }

  @Test
  void aTextMustBeLongEnough() {
    assertThatThrownBy(() -> haystack.needles(1, 60, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Stretches of 60 tokens");
    assertThatThrownBy(() -> haystack.needles(1, 1_000_000, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cannot be cut from a text of");
    assertThatThrownBy(() -> new Haystack(Tokenizer.load("builtin:starter"), "So few words."))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("give a longer text");
  }

  @Test
  void whatCountsAsGeneratedIsWhatTheModelWouldHaveSaid() {
    PlantedNeedle planted = haystack.needles(1, 600, 3).get(0);
    int[] tokens = planted.tokens();
    boolean[] first = model.predict(new int[][] {tokens}).first()[0];

    RetrievalHeads.Trial trial = new NeedleTrials(model, 2).ask(planted);

    TopPositions all = new TopPositions(600, 2);
    int[][][][] top = model.attend(tokens, 0, List.of(all), Besides.NOTHING).attention().of(all);
    assertThat(trial.generated()).hasSize(planted.answer());
    assertThat(trial.from()).isEqualTo(planted.from());

    for (int i = 0; i < planted.answer(); i++) {
      int before = 600 - planted.answer() + i - 1;
      assertThat(trial.generated()[i]).isEqualTo(first[before] ? tokens[before + 1] : -1);

      for (int layer = 0; layer < 4; layer++) {
        assertThat(trial.attended()[i][layer]).isDeepEqualTo(top[layer][before]);
      }
    }
  }
}
