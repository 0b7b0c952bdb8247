package org.longspan.schedule;

/**
 * Which sequences of a lane share a step. A sequence's cost is the sum of its squared segment
 * lengths, which is what attention pays.
 */
public enum Batching {
  /** By chance. */
  SHUFFLED,
  /**
   * LongAlign's sorted batching (arXiv 2401.18058, section 3.3): sequences are sorted by cost, and
   * consecutive ones make a step. The sequences of a step are alike, the steps are not.
   */
  SORTED,
  /**
   * Sequences are sorted by cost and dealt to the steps in a snake, there and back: the steps are
   * alike. The costs of any two differ by no more than the dearest sequence and the cheapest do:
   * the cheapest of one deal is no cheaper than the dearest of the next, so the differences of all
   * deals add up to at most that.
   */
  BALANCED;

  /** {@code shuffled}, {@code sorted} or {@code balanced}. */
  public static Batching parse(String name) {
    return Named.of(Batching.class, "schedule.order", name);
  }

  /** Whether sequences are ranked by cost, and not by chance. */
  public boolean byCost() {
    return this != SHUFFLED;
  }

  /**
   * The batch of a sequence, from 0.
   *
   * @param rank of the sequence, from 0, by cost or by chance
   * @param batches of the lane
   * @param size sequences of a batch; ranks go up to batches × size
   */
  int batch(long rank, int batches, long size) {
    return switch (this) {
      case SHUFFLED, SORTED -> (int) (rank / size);
      case BALANCED -> {
        int place = (int) (rank % batches);
        boolean back = rank / batches % 2 == 1;
        yield back ? batches - 1 - place : place;
      }
    };
  }
}
