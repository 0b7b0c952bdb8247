package org.longspan.run;

import java.time.Duration;
import java.util.List;

/**
 * What a run did.
 *
 * @param output the run directory
 * @param stages the stages that ran or were reused, in order
 * @param took from the first stage to the last
 */
public record RunResult(String output, List<StageReport> stages, Duration took) {
  public RunResult {
    stages = List.copyOf(stages);
  }
}
