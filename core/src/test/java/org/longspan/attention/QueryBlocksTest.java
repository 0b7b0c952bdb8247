package org.longspan.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.longspan.attention.QueryBlocks.Block;
import org.longspan.attention.QueryBlocks.Estimate;

class QueryBlocksTest {
  @Property
  void oneBlockStandsForEachStretch(
      @ForAll @IntRange(min = 1, max = 9) int size,
      @ForAll @IntRange(min = 2, max = 40) int count,
      @ForAll @IntRange(max = 30) int first,
      @ForAll @IntRange(min = 1, max = 300) int queries,
      @ForAll long seed) {
    List<Block> blocks = new QueryBlocks(size, count, seed).in(first, first + queries);

    int all = (queries + size - 1) / size;
    assertThat(blocks).hasSize(Math.min(count, all));
    assertThat(blocks.stream().mapToInt(Block::weight).sum()).isEqualTo(all);
    int from = 0;

    for (Block block : blocks) {
      int number = all - 1 - (first + queries - block.end()) / size;
      assertThat(number).isBetween(from, from + block.weight() - 1);
      assertThat(block.first()).isBetween(first, block.end() - 1);
      from += block.weight();
    }
  }

  @Test
  void whereAllBlocksAreReadNothingIsEstimated() {
    List<Block> blocks = new QueryBlocks(3, 50, 7).in(5, 19);

    assertThat(blocks)
        .containsExactly(
            new Block(5, 7, 1),
            new Block(7, 10, 1),
            new Block(10, 13, 1),
            new Block(13, 16, 1),
            new Block(16, 19, 1));
    assertThat(QueryBlocks.estimate(blocks, new double[] {1, 2, 3, 4, 5}))
        .isEqualTo(new Estimate(15, 0));
  }

  /** Stretches of 2, 3 and 2 blocks; the mean of all seven is 5. */
  @Test
  void theErrorIsThatOfNeighbouringStretches() {
    List<Block> blocks = List.of(new Block(0, 1, 2), new Block(3, 4, 3), new Block(6, 7, 2));

    Estimate estimate = QueryBlocks.estimate(blocks, new double[] {4, 5, 6});

    double squares = 4 + 4;
    assertThat(estimate.total()).isEqualTo(35);
    assertThat(estimate.error())
        .isCloseTo(Math.sqrt((1 - 3 / 7.0) * 3 * squares / (2 * 2)), within(1e-12));
  }

  @Test
  void theErrorCoversAsMuchAsItSays() {
    double[] values = noise(240);
    double sum = Arrays.stream(values).sum();
    double[] off = new double[2000];

    for (int seed = 0; seed < off.length; seed++) {
      Estimate estimate = estimate(values, 40, seed);
      off[seed] = (estimate.total() - sum) / estimate.error();
    }

    assertThat(share(off, 1)).isBetween(0.62, 0.74);
    assertThat(share(off, 2)).isBetween(0.92, 0.98);
    assertThat(Arrays.stream(off).average().getAsDouble()).as("no bias").isBetween(-0.15, 0.15);
  }

  @Test
  void moreBlocksHaveASmallerError() {
    double[] values = noise(256);

    double[] errors =
        IntStream.of(16, 64, 128, 256)
            .mapToDouble(
                count ->
                    IntStream.range(0, 50)
                        .mapToDouble(seed -> estimate(values, count, seed).error())
                        .average()
                        .getAsDouble())
            .toArray();

    assertThat(errors[0]).isGreaterThan(1.7 * errors[1]);
    assertThat(errors[1]).isGreaterThan(1.5 * errors[2]);
    assertThat(errors[3]).isZero();
  }

  @Test
  void oneBlockTellsNoError() {
    assertThatThrownBy(() -> new QueryBlocks(8, 1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 blocks of 8 queries");
    SpanMasses spans = new SpanMasses(8, 4, SpanMasses.Keys.EARLIER, Heads.ALL);
    assertThatThrownBy(() -> new Sampled<>(spans, new QueryBlocks(8, 2, 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("SpanMasses");
    assertThatThrownBy(
            () -> new Sampled<>(new DistanceMasses(8, 1, 4, Heads.ALL), new QueryBlocks(4, 2, 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("4 queries");
  }

  private static Estimate estimate(double[] values, int count, int seed) {
    List<Block> blocks = new QueryBlocks(1, count, seed).in(0, values.length);
    return QueryBlocks.estimate(
        blocks, blocks.stream().mapToDouble(block -> values[block.first()]).toArray());
  }

  private static double[] noise(int count) {
    Random random = new Random(3);
    return IntStream.range(0, count).mapToDouble(i -> 5 + random.nextGaussian()).toArray();
  }

  private static double share(double[] off, double errors) {
    return Arrays.stream(off).filter(each -> Math.abs(each) <= errors).count()
        / (double) off.length;
  }
}
