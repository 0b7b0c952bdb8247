package org.longspan.scoring;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.longspan.context.Blocks;
import org.longspan.context.ContextWindows;
import org.longspan.context.Contexts;
import org.longspan.context.SlidingWindow;
import org.longspan.context.WholePrefix;
import org.longspan.score.Gateau;
import org.longspan.score.LongCe;
import org.longspan.score.LongFilter;
import org.longspan.score.LongPpl;
import org.longspan.score.LongRecipe;
import org.longspan.score.NonCopy;
import org.longspan.score.Scorer;

/**
 * The scorers that read {@link ContextWindows}: which contexts each one contrasts, and its
 * arithmetic. Each also exists as its non-copy part, from the same passes.
 */
final class ContextMethods {
  private static final WholePrefix WHOLE = new WholePrefix();

  /** A line a scorer. */
  private static final Map<String, Function<ScoringSettings, Method<ContextWindows>>> KNOWN =
      new TreeMap<>(
          Map.of(
              "longfilter", ContextMethods::longFilter,
              "longppl", ContextMethods::longPpl,
              "longce", ContextMethods::longCe,
              "longrecipe", ContextMethods::longRecipe,
              "gateau", ContextMethods::gateau));

  private ContextMethods() {}

  /** All methods by name. */
  static Map<String, Function<ScoringSettings, Method<?>>> known() {
    Map<String, Function<ScoringSettings, Method<?>>> all = new TreeMap<>();
    KNOWN.forEach(
        (name, method) -> {
          all.put(name, method::apply);
          all.put(name + NonCopy.SUFFIX, settings -> nonCopy(method.apply(settings), settings));
        });
    return all;
  }

  private static Method<ContextWindows> longFilter(ScoringSettings settings) {
    SlidingWindow context = settings.contexts().longFilterContext();
    return new Method<>(
        losses(settings, context.window() + 1, WHOLE, context),
        new LongFilter(context, settings.contexts().longFilterOver()));
  }

  private static Method<ContextWindows> longPpl(ScoringSettings settings) {
    ContextSettings.LongPplSettings longPpl = settings.contexts().longPpl();
    Blocks context = settings.contexts().blocks(longPpl.context(), longPpl.step());
    return new Method<>(
        losses(settings, context.context() + 1, WHOLE, context),
        new LongPpl(context, longPpl.alpha(), longPpl.beta()));
  }

  private static Method<ContextWindows> longCe(ScoringSettings settings) {
    ContextSettings.LongCeSettings longCe = settings.contexts().longCe();
    Blocks context = settings.contexts().blocks(longCe.context(), longCe.step());
    return new Method<>(
        losses(settings, context.context() + 1, WHOLE, context),
        new LongCe(context, longCe.gamma()));
  }

  private static Method<ContextWindows> longRecipe(ScoringSettings settings) {
    return new Method<>(
        compared(settings, 2), new LongRecipe(settings.contexts().longRecipe().share()));
  }

  private static Method<ContextWindows> gateau(ScoringSettings settings) {
    int response = settings.contexts().gateauResponse();
    return new Method<>(compared(settings, response + 1), new Gateau(response));
  }

  private static Method<ContextWindows> nonCopy(
      Method<ContextWindows> method, ScoringSettings settings) {
    Scorer<ContextWindows> part = new NonCopy(method.scorer(), settings.contexts().copies());
    return new Method<>(method.measurement(), part);
  }

  /** Losses under these contexts, of documents of at least so many tokens. */
  private static ContextMeasurement losses(
      ScoringSettings settings, int leastTokens, Contexts... contexts) {
    return measurement(settings, leastTokens, false, Arrays.asList(contexts), List.of());
  }

  /** Losses under the whole prefix by two models, of documents of at least so many tokens. */
  private static ContextMeasurement compared(ScoringSettings settings, int leastTokens) {
    return measurement(settings, leastTokens, true, List.of(WHOLE), List.of());
  }

  private static ContextMeasurement measurement(
      ScoringSettings settings,
      int leastTokens,
      boolean companion,
      List<Contexts> losses,
      List<Contexts> predictions) {
    ContextSettings contexts = settings.contexts();

    if (leastTokens > contexts.window()) {
      throw new IllegalArgumentException(
          "A score needs %,d tokens at once, but windows of %,d are read: make the short context smaller, or the window longer (a model with more positions)."
              .formatted(leastTokens, contexts.window()));
    }

    return new ContextMeasurement(
        contexts.windowPlan(settings.seed()),
        contexts.startToken(),
        companion,
        leastTokens,
        losses,
        predictions);
  }
}
