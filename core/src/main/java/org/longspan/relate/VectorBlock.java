package org.longspan.relate;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A few hundred vectors turned on their side, component by component, so that one query's dot
 * products with all of them are sums over rows.
 *
 * <p>The compiler of Java 17 makes vector instructions of {@code sums[j] += q * row[j]}, not of a
 * sum over one vector's components. Four rows a pass over the sums is what it does best; the rows
 * are arrays of their own because it gives up on offsets into a common one. A block of {@value
 * #MOST} vectors of 384 components takes 393 KB and stays in the second-level cache while queries
 * pass over it.
 */
final class VectorBlock implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The most vectors of a block. */
  static final int MOST = 256;

  private final int[] numbers;
  private final float[][] rows;

  private VectorBlock(int[] numbers, float[][] rows) {
    this.numbers = numbers;
    this.rows = rows;
  }

  /** Blocks of about equal size that hold the vectors of these numbers, in their order. */
  static List<VectorBlock> of(UnitVectors vectors, int[] numbers) {
    int count = (numbers.length + MOST - 1) / MOST;
    List<VectorBlock> blocks = new ArrayList<>(count);
    for (int block = 0; block < count; block++) {
      int from = (int) ((long) block * numbers.length / count);
      int to = (int) ((block + 1L) * numbers.length / count);
      blocks.add(block(vectors, Arrays.copyOfRange(numbers, from, to)));
    }

    return blocks;
  }

  private static VectorBlock block(UnitVectors vectors, int[] numbers) {
    float[][] rows = new float[UnitVectors.stride(vectors.dimension())][numbers.length];
    for (int j = 0; j < numbers.length; j++) {
      float[] chunk = vectors.chunk(numbers[j]);
      int offset = vectors.offset(numbers[j]);
      for (int i = 0; i < rows.length; i++) {
        rows[i][j] = chunk[offset + i];
      }
    }

    return new VectorBlock(numbers, rows);
  }

  int size() {
    return numbers.length;
  }

  /** The number of the j-th vector among all. */
  int number(int j) {
    return numbers[j];
  }

  /**
   * The dot products of a query with every vector of the block.
   *
   * @param query holds the query from {@code offset} on, with zeros up to a multiple of {@link
   *     UnitVectors#STEP}
   * @param sums of the block's size, overwritten
   */
  void dots(float[] query, int offset, float[] sums) {
    Arrays.fill(sums, 0);
    for (int i = 0; i < rows.length; i += UnitVectors.STEP) {
      addProducts(
          sums,
          rows[i],
          rows[i + 1],
          rows[i + 2],
          rows[i + 3],
          query[offset + i],
          query[offset + i + 1],
          query[offset + i + 2],
          query[offset + i + 3]);
    }
  }

  private static void addProducts(
      float[] sums,
      float[] row0,
      float[] row1,
      float[] row2,
      float[] row3,
      float q0,
      float q1,
      float q2,
      float q3) {
    for (int j = 0; j < sums.length; j++) {
      sums[j] += q0 * row0[j] + q1 * row1[j] + q2 * row2[j] + q3 * row3[j];
    }
  }
}
