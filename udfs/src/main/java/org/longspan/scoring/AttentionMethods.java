package org.longspan.scoring;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.longspan.attention.AttentionByDistance;
import org.longspan.attention.AttentionView;
import org.longspan.attention.ContextualAwareness;
import org.longspan.attention.Heads;
import org.longspan.attention.Ladm;
import org.longspan.attention.LongAttn;
import org.longspan.context.ContextWindows;

/**
 * The scorers that read a model's attention: what each one keeps of it, and its arithmetic. All
 * read full windows alone, in one pass with each other and with the losses of the same windows;
 * GATEAU's sets it against gains, which take passes of their own.
 */
final class AttentionMethods {
  private static final String LADM = "ladm";
  private static final String DISTANCE = "attention-distance";

  private AttentionMethods() {}

  /** All methods by name. */
  static Map<String, Function<ScoringSettings, Method<?>>> known() {
    return new TreeMap<>(
        Map.of(
            LADM,
            AttentionMethods::ladm,
            LongAttn.NAME,
            AttentionMethods::longAttn,
            DISTANCE,
            AttentionMethods::distance,
            ContextualAwareness.NAME,
            AttentionMethods::awareness));
  }

  /**
   * Checks that what is to be read of a model's attention exists.
   *
   * @throws IllegalArgumentException if the model's attention cannot be read, or it lacks a layer
   *     or a head that is named
   */
  static void requireIn(ScoringModel model, ScoringSettings settings) {
    List<String> reading = settings.scorers().stream().filter(known()::containsKey).toList();

    if (reading.isEmpty()) {
      return;
    }

    if (model.heads() == 0) {
      throw new IllegalArgumentException(
          "The attention of the model at %s cannot be read, as its arithmetic is a TorchScript file: leave %s out of score.scorers, or use a model of a known architecture."
              .formatted(model.location(), String.join(", ", reading)));
    }

    AttentionSettings attention = settings.contexts().attention();

    if (reading.contains(LADM)) {
      Heads.parse(attention.ladm().heads()).requireIn(model.layers(), model.heads());
    }

    if (reading.contains(DISTANCE)) {
      Heads.parse(attention.distance().heads()).requireIn(model.layers(), model.heads());
    }
  }

  private static Method<ContextWindows> ladm(ScoringSettings settings) {
    int window = settings.contexts().window();
    Ladm ladm = settings.contexts().attention().ladm(window);
    requireRoomForLinks(settings.sideTables(), window);
    return new Method<>(reading(settings, ladm.view()), ladm)
        .filling(
            SideTable.LINKS,
            (document, measured) ->
                new Aside.Links(
                    settings
                        .sideTables()
                        .links()
                        .graph()
                        .ofAttention(ladm.view(), window, measured)));
  }

  private static void requireRoomForLinks(SideTables wanted, int window) {
    int least = wanted.links().leastDistance();

    if (wanted.of(LADM).contains(SideTable.LINKS) && least >= window) {
      throw new IllegalArgumentException(
          "Links of %s lie inside a window of %,d tokens, where none reaches over %,d: choose a shorter score.links.least-distance."
              .formatted(LADM, window, least));
    }
  }

  private static Method<ContextWindows> longAttn(ScoringSettings settings) {
    LongAttn longAttn =
        settings.contexts().attention().longAttn(settings.contexts().window(), settings.seed());
    return new Method<>(reading(settings, longAttn.reads()), longAttn);
  }

  private static Method<ContextWindows> distance(ScoringSettings settings) {
    AttentionByDistance distance =
        settings.contexts().attention().distance(settings.contexts().window(), settings.seed());
    return new Method<>(reading(settings, distance.reads()), distance);
  }

  private static Method<ContextWindows> awareness(ScoringSettings settings) {
    ContextSettings contexts = settings.contexts();
    ContextualAwareness awareness =
        new ContextualAwareness(
            contexts.window(), contexts.gateauResponse(), contexts.methods().gateau().segment());
    return new Method<>(reading(settings, awareness.view()).with(awareness.pairs()), awareness);
  }

  private static ContextMeasurement reading(ScoringSettings settings, AttentionView<?> view) {
    ContextSettings contexts = settings.contexts();
    return new ContextMeasurement(
        contexts.windowPlan(settings.seed()),
        contexts.windows().startToken(),
        false,
        contexts.window(),
        List.of(),
        List.of(),
        Set.of(view));
  }
}
