package org.longspan.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.longspan.pack.DatasetDecomposition.Overlong;
import org.longspan.pack.DatasetDecomposition.Piece;
import org.longspan.pack.DatasetDecomposition.Unit;

class DatasetDecompositionTest {
  private static final DatasetDecomposition PAPER =
      new DatasetDecomposition(Unit.POWER, 8, 13, Overlong.LONGEST);

  @Test
  void theReleasedCodesPiecesHaveATokenMoreThanAPowerOfTwo() {
    assertThat(DatasetDecomposition.PUBLISHED.pieces("d", 5000, 0))
        .containsExactly(
            new Piece(12, 0, 4097), new Piece(9, 4097, 4610), new Piece(8, 4610, 4867));
    assertThat(DatasetDecomposition.PUBLISHED.pieces("d", 257, 0))
        .containsExactly(new Piece(8, 0, 257));
    assertThat(DatasetDecomposition.PUBLISHED.pieces("d", 256, 0)).isEmpty();
  }

  @Test
  void thePapersPiecesAreThePowersOfTwoOfTheLength() {
    assertThat(PAPER.pieces("d", 5000, 0))
        .containsExactly(
            new Piece(12, 0, 4096), new Piece(9, 4096, 4608), new Piece(8, 4608, 4864));
    assertThat(PAPER.pieces("d", 257, 0)).containsExactly(new Piece(8, 0, 256));
    assertThat(PAPER.pieces("d", 256, 0)).containsExactly(new Piece(8, 0, 256));
    assertThat(PAPER.pieces("d", 0, 0)).isEmpty();
  }

  @Test
  void aLongDocumentFillsTheGreatestBucketFirst() {
    assertThat(PAPER.pieces("d", 3 * 8192 + 300, 0))
        .extracting(Piece::bucket)
        .containsExactly(13, 13, 13, 8);
  }

  @Property
  void piecesLieSideBySideAndLeaveLessThanTheSmallest(
      @ForAll @IntRange(max = 200_000) int tokens,
      @ForAll Unit unit,
      @ForAll Overlong overlong,
      @ForAll @IntRange(max = 16) int one,
      @ForAll @IntRange(max = 16) int other) {
    DatasetDecomposition decomposition =
        new DatasetDecomposition(unit, Math.min(one, other), Math.max(one, other), overlong);
    int end = 0;

    for (Piece piece : decomposition.pieces("d", tokens, 7)) {
      assertThat(piece.start()).isEqualTo(end);
      assertThat(piece.bucket()).isBetween(decomposition.least(), decomposition.most());
      assertThat(piece.end() - piece.start()).isEqualTo(decomposition.length(piece.bucket()));
      end = piece.end();
    }

    assertThat(tokens - end).isBetween(0, decomposition.length(decomposition.least()) - 1);
  }

  @Test
  void balancedBucketsGetTheSameTokensOfOverlongDocuments() {
    DatasetDecomposition balanced = new DatasetDecomposition(Unit.POWER, 8, 11, Overlong.BALANCED);
    double[] tokens = new double[4];
    IntStream.range(0, 20_000)
        .mapToObj(d -> balanced.pieces("doc-" + d, 1 << 12, 3).get(0))
        .forEach(first -> tokens[first.bucket() - 8] += first.end());
    double each = (tokens[0] + tokens[1] + tokens[2] + tokens[3]) / 4;

    // The greatest is drawn once in 15, some 1,333 times: three standard errors are 8 %.
    for (double bucket : tokens) {
      assertThat(bucket).isCloseTo(each, within(each / 12));
    }
  }

  @Test
  void bucketsOutOfOrderAreRefused() {
    for (List<Integer> ends : List.of(List.of(-1, 3), List.of(9, 8), List.of(8, 31))) {
      assertThatThrownBy(
              () ->
                  new DatasetDecomposition(Unit.POWER, ends.get(0), ends.get(1), Overlong.LONGEST))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("from %d to %d".formatted(ends.get(0), ends.get(1)));
    }
  }
}
