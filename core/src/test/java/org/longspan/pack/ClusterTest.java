package org.longspan.pack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClusterTest {
  /** Two clusters of three: even and odd documents, 4 and 1 the centres. */
  private static final Edges EDGES =
      Corpora.edges(
          new int[] {4}, new int[] {3, 5}, new int[] {4}, new int[0], new int[0], new int[] {1});

  @Test
  void clusterFollowsOnClusterAndRowsMayHoldTwo() {
    List<Layout.Row> rows = pack(4, GroupOrder.CHANCE).rows();

    assertThat(rows).hasSize(1);
    assertThat(documents(rows.get(0)).subList(0, 3)).containsExactlyInAnyOrder(0, 2, 4);
    assertThat(documents(rows.get(0)).get(3)).isIn(1, 3, 5);
  }

  @Test
  void theMostSimilarToAllOthersComesFirst() {
    assertThat(documents(pack(6, GroupOrder.CENTRAL).rows().get(0)))
        .containsExactly(4, 0, 2, 1, 5, 3);
  }

  @Test
  void relatednessCountsTheStrongestEdgeToAnEarlierDocument() {
    // 4 first, then 0 and 2 by edges of 1/2 each.
    assertThat(pack(3, GroupOrder.CENTRAL).rows().get(0).relatedness()).isEqualTo(0.5);
  }

  private static Layout pack(int sequenceLength, GroupOrder order) {
    return new Cluster(sequenceLength, new Cluster.Options(Grouping.CONNECTED, order))
        .pack(Corpora.ones(6), EDGES, 3);
  }

  private static List<Integer> documents(Layout.Row row) {
    return row.items().stream().map(Item::document).toList();
  }
}
