package org.longspan.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class BatchingTest {
  @Property(tries = 500)
  void everyBatchHasTheSameNumberOfSequences(
      @ForAll Batching batching,
      @ForAll @IntRange(min = 1, max = 30) int batches,
      @ForAll @IntRange(min = 1, max = 12) int size) {
    int[] sizes = new int[batches];
    for (int rank = 0; rank < batches * size; rank++) {
      sizes[batching.batch(rank, batches, size)]++;
    }

    assertThat(sizes).containsOnly(size);
  }

  @Property(tries = 500)
  void balancedCostsDifferByNoMoreThanTwoSequencesDo(
      @ForAll @IntRange(min = 1, max = 9) int size,
      @ForAll @Size(min = 9, max = 200) List<@LongRange(max = 1L << 40) Long> costs) {
    int batches = costs.size() / size;
    long[] sorted =
        costs.stream().mapToLong(Long::longValue).sorted().limit((long) batches * size).toArray();
    long[] sums = sums(Batching.BALANCED, sorted, batches, size);

    assertThat(Arrays.stream(sums).max().orElseThrow() - Arrays.stream(sums).min().orElseThrow())
        .isLessThanOrEqualTo(sorted[sorted.length - 1] - sorted[0]);
  }

  @Test
  void sortedBatchesHoldWhatIsAlikeAndBalancedOnesCostAlike() {
    long[] costs = {1, 2, 3, 4, 5, 60, 70, 80, 90};

    assertThat(sums(Batching.SORTED, costs, 3, 3)).containsExactly(6, 69, 240);
    // 1 60 70, 2 5 80, 3 4 90: dealt there, back and there again.
    assertThat(sums(Batching.BALANCED, costs, 3, 3)).containsExactly(131, 87, 97);
  }

  @Test
  void anUnknownOrderIsNamedWithThoseThereAre() {
    assertThat(Batching.parse("balanced")).isEqualTo(Batching.BALANCED);
    assertThatThrownBy(() -> Batching.parse("by-length"))
        .hasMessage("schedule.order must be shuffled or sorted or balanced, not \"by-length\".");
  }

  private static long[] sums(Batching batching, long[] sorted, int batches, int size) {
    long[] sums = new long[batches];
    IntStream.range(0, batches * size)
        .forEach(rank -> sums[batching.batch(rank, batches, size)] += sorted[rank]);
    return sums;
  }
}
