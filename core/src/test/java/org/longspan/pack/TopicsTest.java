package org.longspan.pack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TopicsTest {
  /** 0 to 4 are of one topic, 5 to 7 of another. */
  private static final Edges EDGES =
      Corpora.edges(
          new int[] {1, 2, 3, 4},
          new int[0],
          new int[0],
          new int[0],
          new int[0],
          new int[] {6},
          new int[] {7},
          new int[0]);

  @Test
  void aRowIsOfOneTopicAndTheTopicsEndIsLeftOver() {
    Layout layout = new Topics(2, Topics.Options.PUBLISHED).pack(Corpora.ones(8), EDGES, 5);

    assertThat(layout.rows())
        .extracting(TopicsTest::topics)
        .hasSize(3)
        .containsOnly(Set.of(0), Set.of(1));
    assertThat(layout.rest()).hasSize(2);
  }

  @Test
  void aTopicHasFourRowsAtMost() {
    int[] all = {1, 2, 3, 4, 5, 6, 7, 8, 9};
    int[][] star = new int[10][0];
    star[0] = all;

    Layout layout =
        new Topics(2, Topics.Options.PUBLISHED).pack(Corpora.ones(10), Corpora.edges(star), 5);

    assertThat(layout.rows()).hasSize(4);
    assertThat(layout.rest()).extracting(Item::document).containsExactlyInAnyOrder(8, 9);
  }

  @Test
  void questHasAsManyRowsAsAKeywordFills() {
    Layout layout = new Quest(1).pack(Corpora.ones(8), EDGES, 5);

    assertThat(layout.rows()).hasSize(8);
    assertThat(new Quest(3).pack(Corpora.ones(8), EDGES, 5).rows())
        .extracting(TopicsTest::topics)
        .containsExactly(Set.of(0), Set.of(1));
  }

  @Test
  void questShufflesTheDocumentsOfAKeyword() {
    List<Integer> one = documents(new Quest(5).pack(Corpora.ones(8), EDGES, 1));
    List<Integer> other = documents(new Quest(5).pack(Corpora.ones(8), EDGES, 2));

    assertThat(one).isNotEqualTo(other).containsExactlyInAnyOrderElementsOf(other);
  }

  private static List<Integer> documents(Layout layout) {
    return layout.rows().get(0).items().stream().map(Item::document).toList();
  }

  private static Set<Integer> topics(Layout.Row row) {
    return row.items().stream()
        .map(item -> item.document() < 5 ? 0 : 1)
        .collect(Collectors.toSet());
  }
}
