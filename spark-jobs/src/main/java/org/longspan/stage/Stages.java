package org.longspan.stage;

import java.util.List;
import org.longspan.conf.RunConfiguration;

/** The stages of a run in their order, each with the plain values that it reads. */
public final class Stages {
  private Stages() {}

  public static List<Stage> of(RunConfiguration configuration) {
    return List.of();
  }
}
