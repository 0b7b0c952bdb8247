package org.longspan.rank;

/**
 * The rows of one group that stand side by side in one partition of a table sorted by group and
 * score. A run is a number of rows with one and the same score.
 *
 * @param partition the partition's place in the order
 * @param group the group
 * @param rows how many rows, 1 or more
 * @param firstScore the lowest score
 * @param firstRun rows that have it
 * @param lastScore the highest score
 * @param lastRun rows that have it
 */
public record SortedSegment(
    int partition,
    int group,
    long rows,
    double firstScore,
    long firstRun,
    double lastScore,
    long lastRun) {
  public SortedSegment {
    if (firstRun < 1 || lastRun < 1 || firstRun > rows || lastRun > rows) {
      throw new IllegalArgumentException(
          "A segment of %d rows can't begin with %d equal ones and end with %d."
              .formatted(rows, firstRun, lastRun));
    }
  }

  boolean isOneRun() {
    return firstRun == rows;
  }
}
