package org.longspan.schedule;

/** How the phases of a run follow one another. */
public enum PhaseOrder {
  /** Every step of a phase comes before those of the next. */
  IN_TURN,
  /** The lengths of all phases take turns, as in Nemotron 3 (arXiv 2512.20848): 512K beside 4K. */
  TOGETHER;

  /** {@code in-turn} or {@code together}. */
  public static PhaseOrder parse(String name) {
    return Named.of(PhaseOrder.class, "schedule.phases", name);
  }
}
