package org.longspan.relate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CellSlicingTest {
  private static final long SEED = 5;

  /** Middles on a half circle, each 30 degrees from the next. */
  private static final Centroids MIDDLES =
      new SphericalKMeans(7, 7, 1, SEED)
          .of(
              IntStream.range(0, 7)
                  .mapToObj(i -> at(30 * i))
                  .reduce(UnitVectors.ofDimension(2), UnitVectors.Builder::add, (one, other) -> one)
                  .build());

  @Test
  void neighbouringCellsShareASliceUntilItIsFull() {
    CellSlicing slicing = slicing(counts(100), 200);

    int[] slices = IntStream.range(0, 7).map(i -> home(slicing, 30 * i)).toArray();

    // The chain may begin anywhere, but each slice has cells that lie next to each other.
    assertThat(slicing.count()).isEqualTo(4);
    for (int slice : slices) {
      int[] own = IntStream.range(0, 7).filter(i -> slices[i] == slice).toArray();
      assertThat(own[own.length - 1] - own[0]).isLessThan(3);
    }
  }

  @Test
  void whatLiesAtTheBorderIsInBothSlices() {
    CellSlicing slicing = slicing(counts(100), 100);

    assertThat(slicing.slices("web", "d", CellSlicing.cells(MIDDLES, at(30)))).hasSize(1);
    int[] between = slicing.slices("web", "d", CellSlicing.cells(MIDDLES, at(44)));
    assertThat(between).hasSize(2);
    assertThat(between[0]).isEqualTo(home(slicing, 30));
    assertThat(between[1]).isEqualTo(home(slicing, 60));
  }

  @Test
  void aCellLargerThanASliceIsDividedByChance() {
    long[] counts = counts(10);
    counts[CellSlicing.cells(MIDDLES, at(0))[0]] = 1000;
    CellSlicing slicing = slicing(counts, 100);

    long[] documents = new long[slicing.count()];
    for (int d = 0; d < 1000; d++) {
      documents[slicing.slices("web", "d" + d, CellSlicing.cells(MIDDLES, at(0)))[0]]++;
    }

    assertThat(Arrays.stream(documents).filter(n -> n > 0)).hasSize(10).allMatch(n -> n < 150);
  }

  @Test
  void aDomainOfOneSliceNeedsNoCellsAndATextWithoutWordsIsPlacedByChance() {
    CellSlicing slicing =
        CellSlicing.of(
            Map.of("code", 10L, "web", 700L),
            Map.of("web", MIDDLES),
            Map.of("web", counts(100)),
            100,
            SEED);

    assertThat(slicing.slices("code", "d", new int[0])).containsExactly(0);
    assertThat(CellSlicing.cells(MIDDLES, new float[2])).isEmpty();
    assertThat(
            IntStream.range(0, 200)
                .map(d -> slicing.slices("web", "d" + d, new int[0])[0])
                .distinct())
        .hasSize(7)
        .doesNotContain(0);
    assertThat(CellSlicing.cells(100, 100)).isZero();
    assertThat(CellSlicing.cells(101, 100)).isEqualTo(16);
  }

  private static CellSlicing slicing(long[] counts, int size) {
    return CellSlicing.of(
        Map.of("web", Arrays.stream(counts).sum()),
        Map.of("web", MIDDLES),
        Map.of("web", counts),
        size,
        SEED);
  }

  private static int home(CellSlicing slicing, int degrees) {
    return slicing.slices("web", "d", CellSlicing.cells(MIDDLES, at(degrees)))[0];
  }

  private static long[] counts(long each) {
    long[] counts = new long[7];
    Arrays.fill(counts, each);
    return counts;
  }

  private static float[] at(int degrees) {
    double angle = Math.toRadians(degrees);
    return new float[] {(float) Math.cos(angle), (float) Math.sin(angle)};
  }
}
