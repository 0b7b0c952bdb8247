package org.longspan.relate;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Vectors of one dimension, each scaled to length 1, so that the dot product of two is the cosine
 * of their angle. They are numbered from 0 in the order in which they were added.
 *
 * <p>Memory: 4 bytes a component, the dimension rounded up to a multiple of 4; 1.5 GB for a million
 * vectors of 384. They lie in chunks, since one array would end at 2^31 components.
 */
public final class UnitVectors implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Components whose products are summed before they are added to the sum of the others. */
  static final int STEP = 4;

  private static final int CHUNK_COMPONENTS = 1 << 20;

  private final int dimension;
  private final int size;
  private final float[][] chunks;

  private UnitVectors(int dimension, int size, float[][] chunks) {
    this.dimension = dimension;
    this.size = size;
    this.chunks = chunks;
  }

  /**
   * An empty builder.
   *
   * @param dimension components of each vector, at least 1
   */
  public static Builder ofDimension(int dimension) {
    if (dimension < 1) {
      throw new IllegalArgumentException(
          "Vectors need a dimension of at least 1, not %d.".formatted(dimension));
    }

    return new Builder(dimension);
  }

  /** How many there are. */
  public int size() {
    return size;
  }

  /** Components of each. */
  public int dimension() {
    return dimension;
  }

  /** A copy of one, of length 1. */
  public float[] vector(int number) {
    int offset = offset(number);
    return Arrays.copyOfRange(chunk(number), offset, offset + dimension);
  }

  /**
   * The cosine of two, from -1 to 1: the very number that every search here finds, since the
   * products are summed in the same order. O(dimension).
   */
  public float dot(int one, int other) {
    float[] a = chunk(one);
    float[] b = chunk(other);
    int i = offset(one);
    int j = offset(other);
    float sum = 0;
    for (int end = i + stride(dimension); i < end; i += STEP, j += STEP) {
      sum += a[i] * b[j] + a[i + 1] * b[j + 1] + a[i + 2] * b[j + 2] + a[i + 3] * b[j + 3];
    }

    return cosine(sum);
  }

  /** A sum of products as a cosine: rounding can take it beyond 1. */
  static float cosine(float sum) {
    return Math.max(-1, Math.min(1, sum));
  }

  /** Places that a vector takes, the last ones 0. */
  static int stride(int dimension) {
    return (dimension + STEP - 1) / STEP * STEP;
  }

  /** The array in which a vector lies, from {@link #offset} on. */
  float[] chunk(int number) {
    return chunks[number / vectorsOfAChunk(dimension)];
  }

  int offset(int number) {
    return number % vectorsOfAChunk(dimension) * stride(dimension);
  }

  private static int vectorsOfAChunk(int dimension) {
    return Math.max(1, CHUNK_COMPONENTS / stride(dimension));
  }

  /** Takes vectors one after the other. */
  public static final class Builder {
    private final int dimension;
    private final List<float[]> chunks = new ArrayList<>();
    private int size;

    private Builder(int dimension) {
      this.dimension = dimension;
    }

    /**
     * Adds a vector, which is not kept.
     *
     * @throws IllegalArgumentException if it has another dimension, a component that is not finite,
     *     or no direction because all components are 0
     */
    public Builder add(float[] vector) {
      double norm = norm(vector);
      int place = size % vectorsOfAChunk(dimension) * stride(dimension);
      if (place == 0) {
        chunks.add(new float[vectorsOfAChunk(dimension) * stride(dimension)]);
      }

      float[] chunk = chunks.get(chunks.size() - 1);
      for (int i = 0; i < dimension; i++) {
        chunk[place + i] = (float) (vector[i] / norm);
      }

      size++;
      return this;
    }

    /** The vectors added so far. The builder is of no use after it. */
    public UnitVectors build() {
      int inLast = size - (chunks.size() - 1) * vectorsOfAChunk(dimension);
      float[][] all = chunks.toArray(float[][]::new);
      if (all.length > 0) {
        all[all.length - 1] = Arrays.copyOf(all[all.length - 1], inLast * stride(dimension));
      }

      return new UnitVectors(dimension, size, all);
    }

    private double norm(float[] vector) {
      if (vector.length != dimension) {
        throw new IllegalArgumentException(
            "Vector %d has %d components, and %d are expected: embed all documents with the same model."
                .formatted(size, vector.length, dimension));
      }

      double squares = 0;
      for (int i = 0; i < dimension; i++) {
        if (!Float.isFinite(vector[i])) {
          throw new IllegalArgumentException(
              "Vector %d has %s as component %d: embed its document again, or leave it out."
                  .formatted(size, vector[i], i));
        }

        squares += (double) vector[i] * vector[i];
      }

      if (squares == 0) {
        throw new IllegalArgumentException(
            "Vector %d is zero and so has no direction: embed its document again, or leave it out."
                .formatted(size));
      }

      return Math.sqrt(squares);
    }
  }
}
