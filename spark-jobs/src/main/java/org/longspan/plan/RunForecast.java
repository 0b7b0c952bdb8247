package org.longspan.plan;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a run would do and cost. Of a stage that would not run nothing is worked out.
 *
 * @param stages what would be done about each, in the run's order
 * @param corpus empty where no stage would run
 * @param maxBadRows {@code input.max-bad-rows}
 */
public record RunForecast(
    Map<String, StageForecast> stages,
    Optional<CorpusSample> corpus,
    long maxBadRows,
    Optional<ScoreForecast> score,
    Optional<UpsampleForecast> upsample,
    Optional<PackForecast> pack) {
  public RunForecast {
    stages = Collections.unmodifiableMap(new LinkedHashMap<>(stages));
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
