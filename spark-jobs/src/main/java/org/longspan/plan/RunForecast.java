package org.longspan.plan;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run would do and cost. Of a stage that would not run nothing is worked out.
 *
 * @param stages what would be done about each, in the run's order
 * @param corpus empty where no stage would run
 * @param maxBadRows {@code input.max-bad-rows}
 * @param phases in order; one without a name where the run has none
 * @param uncounted what costs something that is not among the numbers, a sentence each
 */
public record RunForecast(
    Map<String, StageForecast> stages,
    Optional<CorpusSample> corpus,
    long maxBadRows,
    Optional<ScoreForecast> score,
    List<PhaseForecast> phases,
    List<String> uncounted) {
  public RunForecast {
    phases = List.copyOf(phases);
    uncounted = List.copyOf(uncounted);
    stages = Collections.unmodifiableMap(new LinkedHashMap<>(stages));
  }

  /** Where no stage would run. */
  public static RunForecast nothing(Map<String, StageForecast> stages) {
    return new RunForecast(stages, Optional.empty(), 0, Optional.empty(), List.of(), List.of());
  }

  /** What would be done about a stage. */
  public enum StageForecast {
    /** It runs. */
    RUNS,
    /** What an earlier run has committed still holds. */
    REUSED,
    /** It comes after the last stage that is asked for. */
    NOT_ASKED_FOR
  }
}
