package org.longspan.scoring;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.longspan.measure.Compression;
import org.longspan.measure.DiscourseReading;
import org.longspan.score.Cohesion;
import org.longspan.score.Complexity;
import org.longspan.score.Compressibility;
import org.longspan.score.SegmentPairs;

/** The scorers that Longspan knows, and what is measured for those that are wanted. */
public final class Scoring {
  /** A scorer's name, and what it is with some settings. */
  private static final SortedMap<String, Function<ScoringSettings, Method<?>>> KNOWN = allKnown();

  private static final ConcurrentHashMap<ScoringSettings, Scoring> MADE = new ConcurrentHashMap<>();

  /** The same for scorers that read text and need no model. */
  private static final SortedMap<String, TextScorer<?>> KNOWN_OF_TEXT =
      new TreeMap<>(
          Map.of(
              "compressibility", new TextScorer<>(Compression::measure, new Compressibility()),
              "cohesion", new TextScorer<>(DiscourseReading::measure, new Cohesion()),
              "complexity", new TextScorer<>(DiscourseReading::measure, new Complexity())));

  private final List<SharedMeasurement<?>> measurements;

  private Scoring(List<SharedMeasurement<?>> measurements) {
    this.measurements = measurements;
  }

  private static SortedMap<String, Function<ScoringSettings, Method<?>>> allKnown() {
    SortedMap<String, Function<ScoringSettings, Method<?>>> known =
        new TreeMap<>(ContextMethods.known());
    known.putAll(AttentionMethods.known());
    known.putAll(GradientMethods.known());
    known.put("prolong", Scoring::proLong);
    return known;
  }

  /**
   * What is measured with these settings. Equal settings are worked out once in a JVM.
   *
   * @param settings with the model's window, see {@link ScoringSettings#forModel}
   * @throws IllegalArgumentException if a scorer is not known, named twice, or none is named, if
   *     settings do not fit each other, or if no scorer fills a side table that is wanted
   */
  public static Scoring of(ScoringSettings settings) {
    return MADE.computeIfAbsent(settings, Scoring::make);
  }

  private static Scoring make(ScoringSettings settings) {
    requireKnown(settings.scorers());
    SortedMap<String, Method<?>> methods = new TreeMap<>();
    List<Shared<?>> shared = new ArrayList<>();

    for (String name : settings.scorers()) {
      if (KNOWN.containsKey(name)) {
        Method<?> method = KNOWN.get(name).apply(settings);
        methods.put(name, method);
        join(shared, method.filling(settings.sideTables().of(name)));
      }
    }

    requireFilled(settings.sideTables(), methods);

    return new Scoring(
        shared.stream()
            .<SharedMeasurement<?>>map(each -> each.measurement(settings.minTokens()))
            .toList());
  }

  /**
   * @throws IllegalArgumentException if one of the names is not known or stands there twice, or
   *     there is none
   */
  public static void requireKnown(List<String> scorers) {
    if (scorers.isEmpty()) {
      throw new IllegalArgumentException("No scorer is named: name one of " + known() + ".");
    }

    Set<String> seen = new HashSet<>();

    for (String name : scorers) {
      if (!KNOWN.containsKey(name) && !KNOWN_OF_TEXT.containsKey(name)) {
        throw new IllegalArgumentException(
            "There is no scorer '%s': name one of %s.".formatted(name, known()));
      }

      if (!seen.add(name)) {
        throw new IllegalArgumentException(
            "The scorer '%s' is named twice: name it once.".formatted(name));
      }
    }
  }

  /** Whether any of these scorers asks a model. */
  public static boolean asksModel(List<String> scorers) {
    return scorers.stream().anyMatch(KNOWN::containsKey);
  }

  /** Those of these scorers that read text and need no model, in their order. */
  public static List<TextScorer<?>> texts(List<String> scorers) {
    return scorers.stream()
        .filter(KNOWN_OF_TEXT::containsKey)
        .<TextScorer<?>>map(KNOWN_OF_TEXT::get)
        .toList();
  }

  /** The names of all scorers. */
  public static String known() {
    return Stream.concat(KNOWN.keySet().stream(), KNOWN_OF_TEXT.keySet().stream())
        .sorted()
        .collect(Collectors.joining(", "));
  }

  /** What a model is asked, each with the scorers that read it; empty where none is needed. */
  public List<SharedMeasurement<?>> measurements() {
    return measurements;
  }

  /** Whether a scorer compares the model with a second one. */
  public boolean comparesModels() {
    return measurements.stream().anyMatch(SharedMeasurement::comparesModels);
  }

  /** How much of the scoring model all scorers together ask. */
  public ModelPart part() {
    return measurements.stream().allMatch(each -> each.part() == ModelPart.FIRST_LAYER)
        ? ModelPart.FIRST_LAYER
        : ModelPart.WHOLE;
  }

  /** Whether a scorer needs the model's gradients. */
  public boolean needsGradients() {
    return measurements.stream().anyMatch(SharedMeasurement::needsGradients);
  }

  /** Tokens that go through the models for a document. */
  public long passTokens(String docId, int tokens) {
    return measurements.stream().mapToLong(each -> each.passTokens(docId, tokens)).sum();
  }

  /** Tokens of the longest row that a model is asked about, a context before it included. */
  public int rowTokens() {
    return measurements.stream().mapToInt(SharedMeasurement::rowTokens).max().orElse(0);
  }

  private static Method<SegmentPairs> proLong(ScoringSettings settings) {
    PairMeasurement pairs = settings.prolong().measurement(settings.seed());
    return new Method<>(pairs, settings.prolong().scorer())
        .filling(
            SideTable.LINKS,
            (document, measured) ->
                new Aside.Links(
                    settings.sideTables().links().graph().ofGains(pairs.plan(document), measured)));
  }

  private static void requireFilled(SideTables wanted, SortedMap<String, Method<?>> methods) {
    for (SideTable table : SideTable.values()) {
      List<String> able =
          methods.keySet().stream()
              .filter(name -> methods.get(name).asides().containsKey(table))
              .toList();

      if (wanted.wanted().contains(table) && !able.contains(wanted.scorer(table))) {
        throw new IllegalArgumentException(
            "%s of '%s' are wanted, but of the scorers that are computed only [%s] give them: name one of these, or %s."
                .formatted(
                    table.title(),
                    wanted.scorer(table),
                    String.join(", ", able),
                    SideTables.NO_SCORER));
      }
    }
  }

  private static <M> void join(List<Shared<?>> shared, Method<M> method) {
    for (int i = 0; i < shared.size(); i++) {
      Optional<Measurement<M>> both = method.measurement().with(shared.get(i).measurement);

      if (both.isPresent()) {
        shared.set(i, shared.get(i).joined(both.get(), method));
        return;
      }
    }

    shared.add(new Shared<>(method.measurement(), List.of(method)));
  }

  private record Shared<M>(Measurement<M> measurement, List<Method<M>> methods) {
    /** A measurement that could be joined with this one has the same kind of answer. */
    @SuppressWarnings("unchecked")
    <N> Shared<N> joined(Measurement<N> both, Method<N> another) {
      List<Method<N>> all = new ArrayList<>((List<Method<N>>) (List<?>) methods);
      all.add(another);
      return new Shared<>(both, List.copyOf(all));
    }

    SharedMeasurement<M> measurement(int minTokens) {
      return new SharedMeasurement<>(minTokens, measurement, methods);
    }
  }
}
