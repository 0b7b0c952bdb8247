package org.longspan.scoring;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.longspan.score.Scorer;

/** The scorers that Longspan knows, and what is measured for those that are wanted. */
public final class Scoring {
  /** A line a scorer: its name, what it reads, and its arithmetic. */
  private static final SortedMap<String, Function<ScoringSettings, Method<?>>> KNOWN =
      new TreeMap<>(
          Map.of(
              "prolong", settings -> new Method<>(pairs(settings), settings.prolong().scorer())));

  private final List<SharedMeasurement<?>> measurements;

  private Scoring(List<SharedMeasurement<?>> measurements) {
    this.measurements = measurements;
  }

  /**
   * @throws IllegalArgumentException if a scorer is not known, named twice, or none is named
   */
  public static Scoring of(ScoringSettings settings) {
    if (settings.scorers().isEmpty()) {
      throw new IllegalArgumentException("No scorer is named: name one of " + known() + ".");
    }

    Map<Measurement<?>, List<Method<?>>> methods = new LinkedHashMap<>();

    for (String name : settings.scorers()) {
      if (!KNOWN.containsKey(name)) {
        throw new IllegalArgumentException(
            "There is no scorer '%s': name one of %s.".formatted(name, known()));
      }

      Method<?> method = KNOWN.get(name).apply(settings);
      methods.computeIfAbsent(method.measurement, key -> new ArrayList<>()).add(method);
    }

    if (settings.scorers().stream().distinct().count() < settings.scorers().size()) {
      throw new IllegalArgumentException(
          "A scorer is named twice: " + String.join(", ", settings.scorers()) + ".");
    }

    return new Scoring(
        methods.values().stream()
            .<SharedMeasurement<?>>map(shared -> shared(settings.minTokens(), shared))
            .toList());
  }

  /** The names of all scorers. */
  public static String known() {
    return String.join(", ", KNOWN.keySet());
  }

  /** What is measured, each with the scorers that read it. */
  public List<SharedMeasurement<?>> measurements() {
    return measurements;
  }

  /** Tokens that go through the model for a document of this length. */
  public long passTokens(int tokens) {
    return measurements.stream().mapToLong(each -> each.passTokens(tokens)).sum();
  }

  private static PairMeasurement pairs(ScoringSettings settings) {
    return settings.prolong().measurement(settings.seed());
  }

  /** All of these methods have the same measurement, and so the same answers. */
  @SuppressWarnings("unchecked")
  private static <M> SharedMeasurement<M> shared(int minTokens, List<Method<?>> methods) {
    return new SharedMeasurement<>(
        minTokens,
        (Measurement<M>) methods.get(0).measurement,
        methods.stream().map(method -> (Scorer<M>) method.scorer).toList());
  }

  private record Method<M>(Measurement<M> measurement, Scorer<M> scorer) {}
}
