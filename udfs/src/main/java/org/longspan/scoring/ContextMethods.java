package org.longspan.scoring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.longspan.attention.ContextualAwareness;
import org.longspan.context.Blocks;
import org.longspan.context.ContextWindows;
import org.longspan.context.Contexts;
import org.longspan.context.Part;
import org.longspan.context.SlidingWindow;
import org.longspan.context.WholePrefix;
import org.longspan.score.ContextSpectrum;
import org.longspan.score.CopyShare;
import org.longspan.score.Delta;
import org.longspan.score.Dependency;
import org.longspan.score.Gateau;
import org.longspan.score.InternLm2;
import org.longspan.score.LongCe;
import org.longspan.score.LongFilter;
import org.longspan.score.LongPpl;
import org.longspan.score.LongRecipe;
import org.longspan.score.LongWanjuan;
import org.longspan.score.Ltf;
import org.longspan.score.NonCopy;
import org.longspan.score.Scorer;

/**
 * The scorers that read {@link ContextWindows}: which contexts each one contrasts, and its
 * arithmetic. Each also exists as its non-copy part, from the same passes, all but the share of
 * copies itself.
 */
final class ContextMethods {
  private static final WholePrefix WHOLE = new WholePrefix();

  /** A line a scorer. */
  private static final Map<String, Function<ScoringSettings, Method<ContextWindows>>> KNOWN =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("longfilter", ContextMethods::longFilter),
              Map.entry("longppl", ContextMethods::longPpl),
              Map.entry("longce", ContextMethods::longCe),
              Map.entry("spectrum", ContextMethods::spectrum),
              Map.entry("longwanjuan", ContextMethods::longWanjuan),
              Map.entry("internlm2", ContextMethods::internLm2),
              Map.entry("delta", ContextMethods::delta),
              Map.entry("ltf", ContextMethods::ltf),
              Map.entry("dependency", ContextMethods::dependency),
              Map.entry("longrecipe", ContextMethods::longRecipe),
              Map.entry("gateau", ContextMethods::gateau)));

  private ContextMethods() {}

  /** All methods by name. */
  static Map<String, Function<ScoringSettings, Method<?>>> known() {
    Map<String, Function<ScoringSettings, Method<?>>> all = new TreeMap<>();
    all.put("copy-share", ContextMethods::copyShare);
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
    ContextSettings.LongPplSettings longPpl = settings.contexts().methods().longPpl();
    Blocks context = settings.contexts().blocks(longPpl.context(), longPpl.step());
    return new Method<>(
        losses(settings, context.context() + 1, WHOLE, context),
        new LongPpl(context, longPpl.alpha(), longPpl.beta()));
  }

  private static Method<ContextWindows> longCe(ScoringSettings settings) {
    ContextSettings.LongCeSettings longCe = settings.contexts().methods().longCe();
    Blocks context = settings.contexts().blocks(longCe.context(), longCe.step());
    return new Method<>(
        losses(settings, context.context() + 1, WHOLE, context),
        new LongCe(context, longCe.gamma()));
  }

  private static Method<ContextWindows> spectrum(ScoringSettings settings) {
    List<Blocks> levels = settings.contexts().levels();
    List<Contexts> contexts = new ArrayList<>(levels);
    contexts.add(WHOLE);
    return new Method<>(
        measurement(settings, ContextSpectrum.firstToken(levels) + 1, false, contexts, List.of()),
        new ContextSpectrum(levels, settings.contexts().methods().spectrum().missing()));
  }

  private static Method<ContextWindows> copyShare(ScoringSettings settings) {
    Blocks context = settings.contexts().blocks(0, 0);
    return new Method<>(
        losses(settings, context.context() + 1, WHOLE, context),
        new CopyShare(context, settings.contexts().copiedTokens()));
  }

  private static Method<ContextWindows> longWanjuan(ScoringSettings settings) {
    int chunk = settings.contexts().chunk();
    int scored = settings.contexts().chunkScored();
    String metric = settings.contexts().methods().longWanjuan().metric();
    return new Method<>(
        measurement(
            settings,
            chunk,
            false,
            List.of(),
            List.of(LongWanjuan.whole(chunk, scored), LongWanjuan.half(chunk, scored))),
        new LongWanjuan(
            chunk, scored, LongWanjuan.Metric.valueOf(metric.toUpperCase(Locale.ROOT))));
  }

  private static Method<ContextWindows> internLm2(ScoringSettings settings) {
    int segment = settings.contexts().segment();
    String difference = settings.contexts().methods().internLm2().difference();
    InternLm2 scorer =
        new InternLm2(segment, InternLm2.Difference.valueOf(difference.toUpperCase(Locale.ROOT)));
    return new Method<>(
        losses(
            settings,
            Math.multiplyExact(2, segment),
            InternLm2.after(segment),
            InternLm2.alone(segment)),
        scorer);
  }

  private static Method<ContextWindows> delta(ScoringSettings settings) {
    ContextSettings.DeltaSettings delta = settings.contexts().methods().delta();
    Part part = ContextSettings.part(delta.context(), delta.step(), delta.every());
    return new Method<>(ofPart(settings, part), new Delta(part));
  }

  private static Method<ContextWindows> ltf(ScoringSettings settings) {
    ContextSettings.LtfSettings ltf = settings.contexts().methods().ltf();
    Part part = ContextSettings.part(ltf.context(), ltf.step(), ltf.every());
    return new Method<>(ofPart(settings, part), new Ltf(part, ltf.below(), ltf.above()));
  }

  private static Method<ContextWindows> dependency(ScoringSettings settings) {
    ContextSettings.DependencySettings dependency = settings.contexts().methods().dependency();
    Part part = ContextSettings.part(dependency.context(), dependency.step(), dependency.every());
    return new Method<>(ofPart(settings, part), new Dependency(part, dependency.top()));
  }

  /** Losses of documents that reach into the first stretch that is measured. */
  private static ContextMeasurement ofPart(ScoringSettings settings, Part part) {
    int window = settings.contexts().window();
    int first = 0;

    while (first < window && part.start(first, window) == Contexts.NONE) {
      first++;
    }

    return losses(settings, first + 1, WHOLE, part);
  }

  private static Method<ContextWindows> longRecipe(ScoringSettings settings) {
    return new Method<>(
        compared(settings, 2), new LongRecipe(settings.contexts().methods().longRecipe().share()));
  }

  private static Method<ContextWindows> gateau(ScoringSettings settings) {
    ContextSettings.GateauSettings gateau = settings.contexts().methods().gateau();

    if (gateau.combined() && !settings.scorers().contains(ContextualAwareness.NAME)) {
      throw new IllegalArgumentException(
          "GATEAU's guidance has a weight of %s, and contextual awareness, which has the rest, is not measured: add %s to the scorers, or set score.gateau.alpha = 1."
              .formatted(gateau.alpha(), ContextualAwareness.NAME));
    }

    int response = settings.contexts().gateauResponse();
    return new Method<>(compared(settings, response + 1), new Gateau(response));
  }

  private static Method<ContextWindows> nonCopy(
      Method<ContextWindows> method, ScoringSettings settings) {
    Scorer<ContextWindows> part = new NonCopy(method.scorer(), settings.contexts().copiedTokens());
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
        contexts.windows().startToken(),
        companion,
        leastTokens,
        losses,
        predictions,
        Set.of());
  }
}
