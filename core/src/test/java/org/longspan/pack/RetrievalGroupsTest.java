package org.longspan.pack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetrievalGroupsTest {
  private static final RetrievalGroups PACKER = new RetrievalGroups(6);

  @Test
  void aQueryIsFollowedByWhatWasRetrievedForItInOrder() {
    // Only 2 has enough for a row.
    Edges edges = Corpora.edges(new int[] {1}, new int[] {0}, new int[] {3, 0, 1}, new int[0]);

    Layout layout = PACKER.pack(Corpora.slice(2, 2, 2, 2), edges, 1);

    assertThat(layout.rows()).hasSize(1);
    assertThat(layout.rows().get(0).items()).extracting(Item::document).containsExactly(2, 3, 0);
    assertThat(layout.rest()).containsExactly(new Item(1, 0, 0, 2));
  }

  @Test
  void twoGroupsNeverShareARow() {
    Edges pairs = Corpora.edges(new int[] {1}, new int[] {0}, new int[] {3}, new int[] {2});

    Layout layout = PACKER.pack(Corpora.slice(2, 2, 2, 2), pairs, 1);

    assertThat(layout.rows()).isEmpty();
    assertThat(layout.rest()).extracting(Item::document).containsExactly(0, 1, 2, 3);
  }

  @Test
  void aRowEndsWithTheDocumentThatFillsIt() {
    int[] all = IntStream.range(1, 5).toArray();
    Edges fan = Corpora.edges(all, new int[0], new int[0], new int[0], new int[0]);

    Layout layout = PACKER.pack(Corpora.slice(1, 4, 4, 4, 4), fan, 1);

    assertThat(layout.rows().get(0).items())
        .containsExactly(new Item(0, 0, 0, 1), new Item(1, 0, 0, 4), new Item(2, 0, 0, 1));
    assertThat(layout.rest()).contains(new Item(2, 0, 1, 4));
  }
}
