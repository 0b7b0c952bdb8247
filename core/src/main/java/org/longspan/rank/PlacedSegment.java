package org.longspan.rank;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * A {@link SortedSegment} with its place in its group, so that its rows can be ranked without
 * seeing any other partition. Only the first and the last run of a segment can go on elsewhere; all
 * runs between are whole.
 *
 * @param before rows of the group in earlier partitions
 * @param firstRank rank of the segment's first run
 * @param lastScore score of the segment's last run
 * @param lastRank its rank
 * @param documents rows of the whole group
 */
public record PlacedSegment(
    long before, double firstRank, double lastScore, double lastRank, long documents)
    implements Serializable {

  /**
   * Places the segments of a sorted table. O(segments).
   *
   * @param segments all of them, by partition and inside a partition by group
   * @return a place for each, in the same order
   */
  public static List<PlacedSegment> of(List<SortedSegment> segments) {
    List<Pending> pending = new ArrayList<>();
    Pending previous = null;

    for (SortedSegment segment : segments) {
      Pending next = new Pending(segment, previous);
      pending.add(next);
      previous = next;
    }

    return pending.stream().map(Pending::placed).toList();
  }

  /**
   * The rank of a run: the share of the group below it, half of the run itself included.
   *
   * @param before rows of the group below the run
   * @param rows rows of the run
   * @param documents rows of the group
   */
  public static double rank(long before, long rows, long documents) {
    return (before + rows / 2.0) / documents;
  }

  /** A run that may grow while later segments are read. */
  private static final class Run {
    private final long before;
    private long rows;

    Run(long before, long rows) {
      this.before = before;
      this.rows = rows;
    }
  }

  /** A group's number of rows, known when its last segment is read. */
  private static final class Group {
    private long rows;
  }

  private static final class Pending {
    private final SortedSegment segment;
    private final Group group;
    private final long before;
    private final Run first;
    private final Run last;

    Pending(SortedSegment segment, Pending previous) {
      boolean goesOn = previous != null && previous.segment.group() == segment.group();
      this.segment = segment;
      this.group = goesOn ? previous.group : new Group();
      this.before = group.rows;
      group.rows += segment.rows();

      if (goesOn && previous.segment.lastScore() == segment.firstScore()) {
        this.first = previous.last;
        first.rows += segment.firstRun();
      } else {
        this.first = new Run(before, segment.firstRun());
      }

      this.last =
          segment.isOneRun() ? first : new Run(group.rows - segment.lastRun(), segment.lastRun());
    }

    PlacedSegment placed() {
      return new PlacedSegment(
          before,
          rank(first.before, first.rows, group.rows),
          segment.lastScore(),
          rank(last.before, last.rows, group.rows),
          group.rows);
    }
  }
}
