package org.longspan.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class GroupingTest {
  /** A path 0 - 1 - 2 - 3 whose middle is weak, and 4 alone. */
  private static final Edges PATH =
      new Edges(new int[][] {{1}, {2}, {}, {2}, {}}, new double[][] {{0.8}, {0.2}, {}, {0.9}, {}});

  @Test
  void whatIsConnectedInWhicheverDirectionIsAGroup() {
    assertThat(groups(Grouping.CONNECTED)).containsExactly(new int[] {0, 1, 2, 3}, new int[] {4});
  }

  @Test
  void weakEdgesDoNotJoin() {
    assertThat(groups(new Grouping(0.5, 100)))
        .containsExactly(new int[] {0, 1}, new int[] {2, 3}, new int[] {4});
  }

  @Test
  void theStrongestEdgesJoinWhereAGroupMayHoldNoMore() {
    Edges star = new Edges(new int[][] {{1, 2}, {}, {}}, new double[][] {{0.3, 0.6}, {}, {}});

    // Two documents of 2 tokens are a row of 4.
    assertThat(new Grouping(0, 1).groups(graph(star, 2), 4))
        .containsExactly(new int[] {0, 2}, new int[] {1});
  }

  @Test
  void aGroupOfNoRowIsRefused() {
    assertThatThrownBy(() -> new Grouping(0, 0)).hasMessageContaining("not 0.0 and 0");
  }

  private static List<int[]> groups(Grouping grouping) {
    return grouping.groups(graph(PATH, 1), 1);
  }

  private static DocumentGraph graph(Edges edges, int tokens) {
    int[] lengths = new int[edges.size()];
    Arrays.fill(lengths, tokens);
    Slice slice = Corpora.slice(lengths);
    return DocumentGraph.of(slice, edges, slice.items());
  }
}
