package org.longspan.stage;

import java.util.Optional;

/**
 * Which stages a run is asked for.
 *
 * @param from runs again together with all after it, whatever is committed; empty: nothing is
 *     forced
 * @param to the last stage; empty: the last of all
 */
public record StageRange(Optional<String> from, Optional<String> to) {

  /** Every stage, each only where it must. */
  public static StageRange all() {
    return new StageRange(Optional.empty(), Optional.empty());
  }

  public StageRange from(String stage) {
    return new StageRange(Optional.of(stage), to);
  }

  public StageRange to(String stage) {
    return new StageRange(from, Optional.of(stage));
  }
}
