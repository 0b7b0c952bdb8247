package org.longspan.rank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PlacedSegmentTest {
  /** A row of a sorted table. */
  private record Scored(int group, double score) {}

  @Test
  void aRunOverThreePartitionsHasOneRank() {
    // Scores 1 1 | 1 1 | 1 2: five ones below a two.
    List<PlacedSegment> placed =
        PlacedSegment.of(
            List.of(
                new SortedSegment(0, 7, 2, 1, 2, 1, 2),
                new SortedSegment(1, 7, 2, 1, 2, 1, 2),
                new SortedSegment(2, 7, 2, 1, 1, 2, 1)));

    assertThat(placed)
        .containsExactly(
            new PlacedSegment(0, 2.5 / 6, 1, 2.5 / 6, 6),
            new PlacedSegment(2, 2.5 / 6, 1, 2.5 / 6, 6),
            new PlacedSegment(4, 2.5 / 6, 2, 5.5 / 6, 6));
  }

  @Test
  void equalScoresOfTwoGroupsAreTwoRuns() {
    assertThat(
            PlacedSegment.of(
                List.of(
                    new SortedSegment(0, 1, 1, 5, 1, 5, 1),
                    new SortedSegment(0, 2, 1, 5, 1, 5, 1))))
        .extracting(PlacedSegment::firstRank)
        .containsExactly(0.5, 0.5);
  }

  @Property
  void ranksDoNotDependOnWhereTheTableIsCut(
      @ForAll @Size(min = 1, max = 60) List<@IntRange(max = 3) Integer> groups,
      @ForAll @Size(min = 60, max = 60) List<@IntRange(max = 5) Integer> scores,
      @ForAll @Size(max = 6) List<@IntRange(max = 60) Integer> cuts) {
    List<Scored> table = new ArrayList<>();

    for (int i = 0; i < groups.size(); i++) {
      table.add(new Scored(groups.get(i), scores.get(i)));
    }

    table.sort(java.util.Comparator.comparingInt(Scored::group).thenComparing(Scored::score));
    List<Integer> ends = new ArrayList<>(cuts.stream().filter(c -> c < table.size()).toList());
    ends.add(table.size());
    Collections.sort(ends);
    List<SortedSegment> segments = new ArrayList<>();
    List<List<Scored>> rows = new ArrayList<>();
    int from = 0;

    for (int p = 0; p < ends.size(); p++) {
      for (List<Scored> segment : byGroup(table.subList(from, ends.get(p)))) {
        double first = segment.get(0).score();
        double last = segment.get(segment.size() - 1).score();
        segments.add(
            new SortedSegment(
                p,
                segment.get(0).group(),
                segment.size(),
                first,
                count(segment, first),
                last,
                count(segment, last)));
        rows.add(segment);
      }

      from = ends.get(p);
    }

    List<PlacedSegment> placed = PlacedSegment.of(segments);

    for (int s = 0; s < placed.size(); s++) {
      List<Scored> segment = rows.get(s);
      assertThat(placed.get(s).firstRank()).isCloseTo(naive(table, segment.get(0)), within(1e-12));
      assertThat(placed.get(s).lastRank())
          .isCloseTo(naive(table, segment.get(segment.size() - 1)), within(1e-12));
    }
  }

  /** The share of the group below a row, equal ones counted half. */
  private static double naive(List<Scored> table, Scored row) {
    List<Scored> group = table.stream().filter(o -> o.group() == row.group()).toList();
    double below = group.stream().filter(o -> o.score() < row.score()).count();
    return (below + count(group, row.score()) / 2.0) / group.size();
  }

  private static long count(List<Scored> rows, double score) {
    return rows.stream().filter(o -> o.score() == score).count();
  }

  private static List<List<Scored>> byGroup(List<Scored> rows) {
    List<List<Scored>> segments = new ArrayList<>();

    for (Scored row : rows) {
      List<Scored> last = segments.isEmpty() ? null : segments.get(segments.size() - 1);

      if (last == null || last.get(0).group() != row.group()) {
        segments.add(new ArrayList<>(List.of(row)));
      } else {
        last.add(row);
      }
    }

    return segments;
  }
}
