package org.longspan.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.longspan.model.LoadedModels;
import org.longspan.model.ModelDirectory;
import org.longspan.score.Score;
import org.longspan.score.Status;

class GradientMethodsTest {
  private static final int TOKENS = 96;
  private static final ContextSettings CONTEXTS = ContextSettings.SHARED.withWindow(TOKENS);

  /** Batches of 16 tokens, segments of 8; a step as large as the starter is small. */
  private static final GradientSettings SMALL =
      GradientSettings.PUBLISHED
          .with(new GradientSettings.StructureSettings(TOKENS, 8, 16, 8, 0.01, 0.1))
          .with(new GradientSettings.DenoisingSettings(16, 16, "l1"));

  private static final ScoringModel STARTER = ScoringModel.check("builtin:starter");
  private static final LanguageModels MODELS =
      new ScoringModels(STARTER, ModelPart.WHOLE, null).load("cpu");

  @Test
  void whatIsSaidInTheSameFormGainsByAStepOnIt() {
    int[] alike =
        IntStream.range(0, TOKENS).map(t -> t % 8 == 5 ? 3000 + 17 * t : 400 + t % 8).toArray();
    int[] apart = IntStream.range(0, TOKENS).map(t -> 300 + 53 * t).toArray();
    Score forms = score("parallel-structures", SMALL, alike);
    Score none = score("parallel-structures", SMALL, apart);

    // Batches 0 to 4 have segments behind them, which begin at 16, 32, ... and end at 96.
    assertThat(forms.details()).containsEntry("pairs", (76.0 + 60 + 44 + 28 + 12));
    assertThat(forms.profile()).hasSize(5);
    assertThat(forms.value().getAsDouble()).isGreaterThan(1.5 * none.value().getAsDouble());
  }

  @Test
  void withoutAStepNothingIsGained() {
    GradientSettings still =
        SMALL.with(new GradientSettings.StructureSettings(TOKENS, 8, 16, 8, 0, 0.1));

    assertThat(score("parallel-structures", still, text()).value().getAsDouble())
        .isCloseTo(0, within(1e-5));
  }

  /** The loss before a step is that of the decoder in the same segments, whatever else is asked. */
  @Test
  void theFarGradientIsAShareAndItsWeightsHaveTheMeanOne() {
    ScoringSettings settings =
        settings("context-denoising", SMALL)
            .withSideTables(SideTables.NONE.withTokenWeights("context-denoising"));
    FullScore weighed =
        Scoring.of(settings)
            .measurements()
            .get(0)
            .scoreFully(MODELS, 4096, List.of(excerpt(text())))
            .get(0)
            .get(0);
    float[] weights = ((Aside.Weights) weighed.asides().get(0)).weights();

    assertThat(weighed.score().value().getAsDouble()).isBetween(0.0, 1.0);
    assertThat(weighed.score().details()).containsEntry("far_tokens", 64 / 80.0);
    assertThat(weights).hasSize(TOKENS);
    assertThat(Arrays.copyOfRange(weights, 80, TOKENS)).containsOnly(1);
    assertThat(IntStream.range(0, 80).mapToDouble(t -> weights[t]).average().getAsDouble())
        .isCloseTo(1, within(1e-5));
    float[][] losses =
        LoadedModels.of(ModelDirectory.resolve("builtin:starter"), "cpu")
            .losses(new int[][] {text()});
    assertThat(weighed.score().details().get("response_loss"))
        .isCloseTo(
            IntStream.range(79, 95).mapToDouble(t -> losses[0][t]).average().getAsDouble(),
            within(1e-4));
  }

  @Test
  void theStartTokenStandsBeforeAWindowAndHasNoWeight() {
    ContextSettings started =
        new ContextSettings(
            new ContextSettings.Windows(TOKENS, 8, true, "tiled"),
            CONTEXTS.copies(),
            CONTEXTS.methods(),
            CONTEXTS.attention());
    ScoringSettings settings = settings("context-denoising", SMALL).withContexts(started);
    SharedMeasurement<?> measurement = Scoring.of(settings).measurements().get(0);
    Score with = measurement.score(MODELS, 4096, List.of(excerpt(text()))).get(0).get(0);

    assertThat(measurement.rowTokens()).isEqualTo(TOKENS + 1);
    assertThat(measurement.passTokens("d", TOKENS)).isEqualTo(4 * (TOKENS + 1));
    assertThat(with.value().getAsDouble())
        .isNotEqualTo(score("context-denoising", SMALL, text()).value().getAsDouble());
  }

  @Test
  void templatesNeedNoPositionsOfAModel() {
    SharedMeasurement<?> measurement = measurement("parallel-templates", SMALL);

    assertThat(measurement.rowTokens()).isZero();
    assertThat(measurement.needsGradients()).isFalse();
    assertThat(score("parallel-templates", SMALL, text()).status()).isEqualTo(Status.SCORED);
  }

  @Test
  void shortDocumentsAreToldBeforeAnyModelIsAsked() {
    assertThat(measurement("parallel-structures", SMALL).tooShort(23))
        .hasValue("The document has 23 tokens, fewer than the 24 that the score needs.");
    assertThat(measurement("parallel-structures", SMALL).tooShort(24)).isEmpty();
    assertThat(measurement("parallel-structures", SMALL).passTokens("d", 23)).isZero();
  }

  @Test
  void longDocumentsAreReadInAsManyWindowsAsAskedFor() {
    SharedMeasurement<?> measurement = measurement("parallel-structures", SMALL);

    assertThat(measurement.positions("d", 100 * TOKENS)).hasSize(8 * TOKENS);
    assertThat(measurement.passTokens("d", 100 * TOKENS))
        .isEqualTo(8 * SMALL.structures().plan().passTokens(TOKENS));
  }

  @Test
  void aWindowMustHoldWhatIsAskedOfIt() {
    GradientSettings wide =
        SMALL.with(new GradientSettings.StructureSettings(TOKENS, 8, 90, 8, 0.01, 0.1));

    assertThatThrownBy(() -> measurement("parallel-structures", wide))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("A score needs 100 tokens at once, but windows of 96 are read");
  }

  @Test
  void gradientsAreNotAskedOfADecoderAlone() {
    assertThatThrownBy(
            () ->
                measurement("context-denoising", SMALL)
                    .score(LanguageModels.of(MODELS.main()), 4096, List.of(excerpt(text()))))
        .hasMessageContaining("only a decoder was given");
  }

  private static Score score(String scorer, GradientSettings settings, int[] ids) {
    return measurement(scorer, settings).score(MODELS, 4096, List.of(excerpt(ids))).get(0).get(0);
  }

  private static SharedMeasurement<?> measurement(String scorer, GradientSettings settings) {
    return Scoring.of(settings(scorer, settings)).measurements().get(0);
  }

  private static ScoringSettings settings(String scorer, GradientSettings gradients) {
    return new ScoringSettings(List.of(scorer), 0, ProLongSettings.PUBLISHED, CONTEXTS, 0)
        .withGradients(gradients);
  }

  private static Excerpt excerpt(int[] ids) {
    return new Excerpt("d", ids.length, ids);
  }

  private static int[] text() {
    return IntStream.range(0, TOKENS).map(t -> 300 + t * t * 31 % 7000).toArray();
  }
}
