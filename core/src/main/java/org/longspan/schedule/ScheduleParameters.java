package org.longspan.schedule;

/**
 * How steps are made of sequences.
 *
 * @param batching which sequences share a step
 * @param stepTokens tokens of a step, a multiple of every sequence length
 * @param rest what becomes of sequences that fill no whole step
 * @param phases how phases follow one another
 * @param curriculum in what order lengths take turns
 */
public record ScheduleParameters(
    Batching batching, long stepTokens, Rest rest, PhaseOrder phases, Curriculum curriculum) {
  public ScheduleParameters {
    if (rest == Rest.SHORT && curriculum.mixture() == Curriculum.Mixture.EQUAL) {
      throw new IllegalArgumentException(
          "The mixture equal leaves sequences out by intent, and rest = short would read them all in one step: set schedule.rest = leave, or schedule.curriculum.mixture = natural.");
    }
  }
}
