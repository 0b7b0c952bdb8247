package org.longspan.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.longspan.score.PairClues;

class SharedTokensTest {
  @Test
  void aVerbatimCopyIsCopiedWhole() {
    SharedTokens shared = new SharedTokens(new int[][] {range(0, 20), range(0, 20)});
    assertThat(shared.copied(0, 1)).isEqualTo(1);
  }

  @Test
  void eightSharedTokensAreNoCopyAndTheNinthIs() {
    int[] context = range(0, 20);
    int[] eight = range(100, 120);
    System.arraycopy(context, 3, eight, 5, 8);
    int[] nine = range(100, 120);
    System.arraycopy(context, 3, nine, 5, 9);
    SharedTokens shared = new SharedTokens(new int[][] {context, eight, nine});

    assertThat(shared.copied(0, 1)).isZero();
    assertThat(shared.copied(0, 2)).isEqualTo(1.0 / 12);
  }

  @Test
  void segmentsOfUpToEightTokensHaveNoCopies() {
    SharedTokens shared = new SharedTokens(new int[][] {range(0, 8), range(0, 8)});
    assertThat(shared.copied(0, 1)).isZero();
  }

  @Test
  void cluesAddUpLossesThatLookingUpTheLastTokenCouldSave() {
    SharedTokens shared = new SharedTokens(new int[][] {{1, 2, 3, 4}, {2, 3, 9, 4}, {1, 2, 3, 4}});
    PairClues clues = shared.clues(new float[][] {{1, 1, 1}, {3, 5, 7}, {2, 4, 6}});

    assertThat(clues.target()).containsExactly(1, 2, 2);
    assertThat(clues.context()).containsExactly(0, 0, 1);
    // 2 3 stands in segment 0; all bigrams of segment 2 stand in 0, and 2 3 in 1.
    assertThat(clues.copyable()).containsExactly(new double[] {1, 4, 4.0 / 3}, within(1e-12));
    assertThat(clues.opening()).containsExactly(new double[] {1, 5, 4}, within(1e-12));
  }

  private static int[] range(int from, int to) {
    return IntStream.range(from, to).toArray();
  }
}
