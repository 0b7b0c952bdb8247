package org.longspan.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;

/** Rows of equal length, as Java has them and as PyTorch has them. */
final class Rows {
  private Rows() {}

  /**
   * Checks that a model can read rows in one pass.
   *
   * @throws IllegalArgumentException if there is none, or they are too short or of several lengths
   * @throws ModelException if the vocabulary lacks a token
   */
  static void require(int[][] rows, int vocabulary) {
    if (rows.length == 0 || rows[0].length < 2) {
      throw new IllegalArgumentException(
          "A forward pass needs at least one row of at least two tokens.");
    }

    for (int[] row : rows) {
      if (row.length != rows[0].length) {
        throw new IllegalArgumentException(
            "Rows of one forward pass have one length, but there are %d and %d."
                .formatted(rows[0].length, row.length));
      }

      for (int id : row) {
        if (id < 0 || id >= vocabulary) {
          throw new ModelException(
              "The token id %d is not in the model's vocabulary of %d: use the tokenizer that was published with the model."
                  .formatted(id, vocabulary));
        }
      }
    }
  }

  static NDArray tokens(int[][] rows, NDManager manager) {
    long[] flat = Arrays.stream(rows).flatMapToInt(Arrays::stream).asLongStream().toArray();
    return manager.create(flat, new Shape(rows.length, rows[0].length));
  }

  static float[][] floats(NDArray array) {
    float[] flat = array.toFloatArray();
    float[][] rows = new float[(int) array.getShape().get(0)][];
    int length = flat.length / rows.length;

    for (int i = 0; i < rows.length; i++) {
      rows[i] = Arrays.copyOfRange(flat, i * length, (i + 1) * length);
    }

    return rows;
  }

  /** The rows of a matrix in double precision. */
  static double[][] doubles(NDArray array) {
    double[] flat = array.toDoubleArray();
    double[][] rows = new double[(int) array.getShape().get(0)][];
    int length = (int) array.getShape().get(1);

    for (int i = 0; i < rows.length; i++) {
      rows[i] = Arrays.copyOfRange(flat, i * length, (i + 1) * length);
    }

    return rows;
  }

  /** True where an array has a one. */
  static boolean[][] flags(NDArray array) {
    float[][] ones = floats(array);
    boolean[][] flags = new boolean[ones.length][];

    for (int i = 0; i < ones.length; i++) {
      flags[i] = new boolean[ones[i].length];

      for (int t = 0; t < ones[i].length; t++) {
        flags[i][t] = ones[i][t] == 1;
      }
    }

    return flags;
  }
}
