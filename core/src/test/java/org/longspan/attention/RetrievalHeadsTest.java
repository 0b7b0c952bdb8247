package org.longspan.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A model of 2 layers with 2 heads; the needle is tokens 3 and 4 of the text, 30 and 40. */
class RetrievalHeadsTest {
  private static final int[] TEXT = {0, 40, 20, 30, 40, 50};

  @Test
  void aHeadIsCreditedForTheNeedlesTokensThatItCopies() {
    RetrievalHeads found = new RetrievalHeads(2, 2);

    found.add(
        trial(
            new int[] {30, 40},
            new int[][][] {{{3}, {4}}, {{3}, {0}}},
            new int[][][] {{{4}, {3}}, {{1}, {4}}}));

    assertThat(found.scores()[0]).as("both; neither of the right tokens").containsExactly(1, 0);
    assertThat(found.scores()[1])
        .as("the second is the same token outside of the needle")
        .containsExactly(0.5, 0.5);
  }

  @Test
  void anyOfTheAttendedPositionsCountsAndARepeatedTokenCountsOnce() {
    RetrievalHeads found = new RetrievalHeads(1, 1);

    found.add(trial(new int[] {30, 30}, new int[][][] {{{0, 3}}}, new int[][][] {{{3, 5}}}));

    assertThat(found.scores()[0]).containsExactly(0.5);
  }

  @Test
  void scoresAreMeansOverNeedles() {
    RetrievalHeads found = new RetrievalHeads(1, 1);

    found.add(trial(new int[] {30}, new int[][][] {{{3}}}));
    found.add(trial(new int[] {30}, new int[][][] {{{2}}}));

    assertThat(found.scores()[0]).containsExactly(0.25);
  }

  @Test
  void theBestHeadsAreThoseThatCopyMost() {
    RetrievalHeads found = new RetrievalHeads(2, 2);
    found.add(
        trial(
            new int[] {30, 40},
            new int[][][] {{{3}, {0}}, {{3}, {3}}},
            new int[][][] {{{0}, {0}}, {{4}, {0}}}));

    assertThat(found.best(2, 0.1).byLayer())
        .as("of two that found half of it the first")
        .containsEntry(1, List.of(0))
        .containsEntry(0, List.of(0))
        .hasSize(2);
    assertThat(found.best(9, 0.1).byLayer()).containsEntry(1, List.of(0, 1));
    assertThat(found.best(9, 0.9).byLayer()).hasSize(1).containsEntry(1, List.of(0));
    assertThatThrownBy(() -> new RetrievalHeads(1, 1).best(1, 0.1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("after 0 needles");
  }

  @Test
  void aNeedleOutsideOfTheTextIsRefused() {
    assertThatThrownBy(() -> new RetrievalHeads.Trial(TEXT, 5, 7, new int[0], new int[0][][][]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("from 5 to 7 in 6 tokens");
  }

  private static RetrievalHeads.Trial trial(int[] generated, int[][][]... attended) {
    return new RetrievalHeads.Trial(TEXT, 3, 5, generated, attended);
  }
}
