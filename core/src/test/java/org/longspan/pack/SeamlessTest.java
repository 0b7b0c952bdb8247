package org.longspan.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SeamlessTest {
  @Test
  void overlappingSequencesReachTheEndOfTheDocument() {
    Layout layout = pack(100, 250);

    assertThat(layout.rows())
        .flatExtracting(Layout.Row::items)
        .containsExactly(new Item(0, 0, 0, 100), new Item(0, 0, 83, 183), new Item(0, 0, 150, 250));
    assertThat(layout.rest()).isEmpty();
  }

  @Test
  void anEndThatWouldTakeTooMuchOverlapIsLeftOver() {
    Layout layout = pack(100, 230);

    assertThat(layout.rows())
        .flatExtracting(Layout.Row::items)
        .containsExactly(new Item(0, 0, 0, 100), new Item(0, 0, 100, 200));
    assertThat(layout.rest()).containsExactly(new Item(0, 0, 200, 230));
  }

  @Test
  void wholeSequencesDoNotOverlapAndShortDocumentsAreLeftOver() {
    assertThat(pack(100, 200).rows()).hasSize(2);
    assertThat(pack(100, 99).rest()).containsExactly(new Item(0, 0, 0, 99));
  }

  /** The published overlap would leave a gap in front of the last sequence. */
  @Test
  void aLongDocumentThatMissesATokenHasNoGap() {
    Layout layout = pack(100, 999);

    assertThat(layout.rows().get(8).items()).containsExactly(new Item(0, 0, 800, 900));
    assertThat(layout.rows().get(9).items()).containsExactly(new Item(0, 0, 899, 999));
  }

  @Property
  void sequencesFollowWithoutAGapAndOverlapByTheShareAtMost(
      @ForAll @IntRange(min = 1, max = 200) int sequenceLength,
      @ForAll @IntRange(min = 1, max = 5000) int length) {
    Layout layout = pack(sequenceLength, length);

    int end = 0;
    for (Layout.Row row : layout.rows()) {
      Item item = row.items().get(0);
      assertThat(item.start()).isBetween(end - Math.min(end, sequenceLength), end);
      end = item.end();
    }

    int rest = layout.rest().stream().mapToInt(Item::length).sum();
    assertThat(end + rest).isEqualTo(length);
    assertThat(rest).isLessThan(sequenceLength);
  }

  @Test
  void anOverlapOfMoreThanHalfIsRefused() {
    assertThatThrownBy(() -> new Seamless.Options(0.6)).hasMessageContaining("not 0.6");
  }

  private static Layout pack(int sequenceLength, int length) {
    return new Seamless(sequenceLength, Seamless.Options.PUBLISHED)
        .pack(Corpora.slice(length), Edges.none(1), 1);
  }
}
