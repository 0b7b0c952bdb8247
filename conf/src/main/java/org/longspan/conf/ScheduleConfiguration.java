package org.longspan.conf;

/**
 * Which sequences each step of a training reads.
 *
 * @param order {@code none}: no schedule is made; {@code shuffled}, {@code sorted} or {@code
 *     balanced}
 * @param stepTokens tokens of a step, over all sequences that it reads
 * @param rest what becomes of sequences that fill no whole step: {@code leave} or {@code short}
 * @param phases {@code in-turn} or {@code together}
 * @param curriculum in what order lengths take turns
 * @param lossWeights {@code none} or {@code documents}
 */
public record ScheduleConfiguration(
    @Limit.OneOf({"none", "shuffled", "sorted", "balanced"}) String order,
    @Limit.AtLeast(2) long stepTokens,
    @Limit.OneOf({"leave", "short"}) String rest,
    @Limit.OneOf({"in-turn", "together"}) String phases,
    CurriculumConfiguration curriculum,
    @Limit.OneOf({"none", "documents"}) String lossWeights) {
  /** Whether a schedule is made. */
  public boolean isSet() {
    return !order.equals("none");
  }

  /**
   * Dataset Decomposition's curriculum, arXiv 2405.13226.
   *
   * @param odds {@code natural}, {@code uniform}, {@code grow-linear}, {@code grow-p2} or {@code
   *     grow-p100}
   * @param cycles how often the order of lengths begins again
   * @param mixture {@code natural} or {@code equal}
   */
  public record CurriculumConfiguration(
      @Limit.OneOf({"natural", "uniform", "grow-linear", "grow-p2", "grow-p100"}) String odds,
      @Limit.AtLeast(1) int cycles,
      @Limit.OneOf({"natural", "equal"}) String mixture) {}
}
