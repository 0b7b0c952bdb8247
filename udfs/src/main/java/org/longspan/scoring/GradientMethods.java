package org.longspan.scoring;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Function;
import org.longspan.context.ContextWindow;
import org.longspan.context.ContextWindows;
import org.longspan.context.WindowPlan;
import org.longspan.gradient.EmbeddingGradients;
import org.longspan.gradient.PhrasePlan;
import org.longspan.gradient.SteppedWindows;
import org.longspan.measure.EmbeddingGradientsMeasurement;
import org.longspan.measure.Measured;
import org.longspan.measure.SteppedWindowsMeasurement;
import org.longspan.measure.TokenWindow;
import org.longspan.score.ContextDenoising;
import org.longspan.score.ParallelStructures;
import org.longspan.score.ParallelTemplates;

/**
 * The scorers that read gradients, and the one that stands in for them: what each one measures, and
 * its arithmetic.
 */
final class GradientMethods {
  // A pass there, and a pass and its derivatives on the way back.
  private static final int GRADIENT = 4;
  private static final int SHARE = 8;

  private GradientMethods() {}

  /** All methods by name. */
  static Map<String, Function<ScoringSettings, Method<?>>> known() {
    return Map.of(
        "parallel-structures",
        GradientMethods::parallelStructures,
        "parallel-templates",
        GradientMethods::parallelTemplates,
        "context-denoising",
        GradientMethods::contextDenoising);
  }

  private static Method<SteppedWindows> parallelStructures(ScoringSettings settings) {
    GradientSettings.StructureSettings structures = settings.gradients().structures();
    PhrasePlan plan = structures.plan();
    int window = requireRoom(plan.leastTokens(), structures.window());
    return new Method<>(
        new WindowMeasurement<>(
            new WindowPlan(window, structures.windows(), settings.seed()),
            plan.leastTokens(),
            window,
            true,
            plan::passTokens,
            (models, tokens, windows) ->
                new SteppedWindowsMeasurement(models.gradients().get(), plan, structures.rate())
                    .measure(tokens, windows)),
        new ParallelStructures(structures.share()));
  }

  private static Method<ContextWindows> parallelTemplates(ScoringSettings settings) {
    GradientSettings.TemplateSettings templates = settings.gradients().templates();
    ParallelTemplates scorer = new ParallelTemplates(templates.ngram(), templates.distance());
    int window = requireRoom(scorer.leastTokens(), templates.window());
    return new Method<>(
        new WindowMeasurement<>(
            new WindowPlan(window, templates.windows(), settings.seed()),
            scorer.leastTokens(),
            0,
            false,
            // No model is asked, but a document should count for something where work is divided.
            length -> length,
            (models, tokens, windows) -> Measured.of(unread(tokens, windows))),
        scorer);
  }

  private static Method<EmbeddingGradients> contextDenoising(ScoringSettings settings) {
    GradientSettings.DenoisingSettings denoising = settings.gradients().denoising();
    ContextSettings contexts = settings.contexts();
    int eighth = Math.max(1, contexts.window() / SHARE);
    int response = denoising.response() == 0 ? eighth : denoising.response();
    int distance = denoising.distance() == 0 ? eighth : denoising.distance();
    int least = requireRoom(Math.addExact(response, distance) + 1, contexts.window());
    int start = contexts.startTokens();
    return new Method<>(
        new WindowMeasurement<>(
            contexts.windowPlan(settings.seed()),
            least,
            contexts.window() + start,
            true,
            length -> (long) GRADIENT * (length + start),
            (models, tokens, windows) ->
                new EmbeddingGradientsMeasurement(
                        models.gradients().get(),
                        response,
                        denoising.length(),
                        start == 1 ? models.main().config().startToken() : OptionalInt.empty())
                    .measure(tokens, windows)),
        new ContextDenoising(distance));
  }

  /** A document's windows in which nothing was predicted. */
  private static ContextWindows unread(int tokens, List<TokenWindow> windows) {
    return new ContextWindows(
        tokens,
        windows.stream()
            .map(
                each ->
                    new ContextWindow(each.start(), each.tokens(), new TreeMap<>(), new float[0]))
            .toList());
  }

  private static int requireRoom(int leastTokens, int window) {
    if (leastTokens > window) {
      throw new IllegalArgumentException(
          "A score needs %,d tokens at once, but windows of %,d are read: make its parts smaller, or the window longer."
              .formatted(leastTokens, window));
    }

    return window;
  }
}
