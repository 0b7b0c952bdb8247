package org.longspan.attention;

import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;
import org.longspan.seed.Seeded;

/**
 * Blocks of neighbouring queries that stand for all: a window's queries are cut into {@code count}
 * equal stretches, and one block is drawn from each by a hash. All windows are read at the same
 * queries.
 *
 * <p>With N blocks in all, n stretches of N(h) blocks and y(h) what the drawn block sums up to:
 *
 * <pre>
 *   total    = sum over h of N(h) y(h)
 *   error^2  = N^2 (1 - n/N) / n * sum over h of (z(h) - z(h+1))^2 / (2 (n - 1))
 *   z(h)     = n N(h) / N (y(h) - total / N)
 * </pre>
 *
 * <p>One draw from a stretch says nothing of how much its blocks differ, so that the variance is
 * that of neighbouring stretches (Wolter, Introduction to Variance Estimation, chapter 8). It holds
 * what changes between stretches too, which a stratified draw is free of: where the attention
 * follows the position alone, the error is too high. Blocks are dependent inside, which is no harm,
 * as they are drawn whole.
 *
 * @param size queries of a block
 * @param count blocks that are drawn, at least 2; of a window with no more all are read
 * @param seed decides which are drawn
 */
public record QueryBlocks(int size, int count, long seed) implements Serializable {
  public QueryBlocks {
    if (size < 1 || count < 2) {
      throw new IllegalArgumentException(
          "%d blocks of %d queries tell no error: draw at least 2 of at least 1."
              .formatted(count, size));
    }
  }

  /**
   * Queries that are read.
   *
   * @param first the first of them
   * @param end behind the last of them
   * @param weight blocks that it stands for, N(h)
   */
  public record Block(int first, int end, int weight) {}

  /** A total and its standard error. */
  record Estimate(double total, double error) {}

  /**
   * The blocks of queries {@code first} to {@code length} - 1, ascending. Where they are not whole
   * blocks, the first block is shorter.
   */
  public List<Block> in(int first, int length) {
    int all = (length - first + size - 1) / size;
    int drawn = Math.min(count, all);
    return IntStream.range(0, drawn).mapToObj(h -> block(h, drawn, all, first, length)).toList();
  }

  private Block block(int stretch, int drawn, int all, int first, int length) {
    int from = Math.toIntExact((long) all * stretch / drawn);
    int to = Math.toIntExact((long) all * (stretch + 1) / drawn);
    int number =
        from + (int) Seeded.index(Seeded.hash(seed, "attention-blocks", "", stretch), to - from);
    int end = length - (all - 1 - number) * size;
    return new Block(Math.max(first, end - size), end, to - from);
  }

  /**
   * The total over all queries.
   *
   * @param blocks those that were read
   * @param values what each of them sums up to
   */
  static Estimate estimate(List<Block> blocks, double[] values) {
    int n = blocks.size();
    double all = blocks.stream().mapToInt(Block::weight).sum();
    double total = 0;

    for (int h = 0; h < n; h++) {
      total += blocks.get(h).weight * values[h];
    }

    double squares = 0;

    for (int h = 1; h < n; h++) {
      double before = blocks.get(h - 1).weight * (values[h - 1] - total / all);
      double here = blocks.get(h).weight * (values[h] - total / all);
      squares += (before - here) * (before - here);
    }

    // z is n / N times what is squared here.
    return new Estimate(
        total, n == all ? 0 : Math.sqrt((1 - n / all) * n * squares / (2 * (n - 1))));
  }
}
