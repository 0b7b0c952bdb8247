package org.longspan.schedule;

/** How much each sequence of a step counts in its loss. */
public enum LossWeights {
  /** All alike: no weights are written. */
  NONE,
  /** As {@link DocumentWeights} says. */
  DOCUMENTS;

  /** {@code none} or {@code documents}. */
  public static LossWeights parse(String name) {
    return Named.of(LossWeights.class, "schedule.loss-weights", name);
  }
}
