package org.longspan.relate;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.longspan.seed.Seeded;

/**
 * k-means on the unit sphere (Dhillon and Modha, "Concept decompositions for large sparse text data
 * using clustering", 2001): each vector goes to the centroid of the highest cosine, then each
 * centroid becomes the mean of its vectors, scaled to length 1; and so on until nothing moves, or
 * for so many rounds.
 *
 * <p>It learns from a seeded sample, whose first vectors are the first centroids. A cell that loses
 * all its vectors takes from the largest cell the one that lies farthest from its centroid.
 *
 * <p>Cost: rounds · sample · centroids · dimension multiplications; memory a copy of the sample.
 *
 * @param centroids wanted, at least 1; there are fewer where there are fewer vectors
 * @param sample vectors of which is learned, at most; at least {@code centroids}
 * @param rounds at most, at least 1
 * @param seed the run's seed
 */
public record SphericalKMeans(int centroids, int sample, int rounds, long seed) {
  public SphericalKMeans {
    if (centroids < 1 || sample < centroids || rounds < 1) {
      throw new IllegalArgumentException(
          ("Clustering needs at least 1 centroid, a sample of at least as many vectors and 1 round,"
                  + " not %d, %d and %d.")
              .formatted(centroids, sample, rounds));
    }
  }

  /** The middles of the cells of these vectors, of which there must be one at least. */
  public Centroids of(UnitVectors vectors) {
    if (vectors.size() == 0) {
      throw new IllegalArgumentException(
          "There are no vectors to cluster: give at least one document an embedding.");
    }

    UnitVectors learned = sample(vectors);
    int cells = Math.min(centroids, learned.size());
    UnitVectors.Builder first = UnitVectors.ofDimension(learned.dimension());
    IntStream.range(0, cells).mapToObj(learned::vector).forEach(first::add);
    Centroids middles = new Centroids(first.build());
    int[] before = {};
    for (int round = 0; round < rounds; round++) {
      Cells assigned = new Cells(learned, middles);
      if (Arrays.equals(assigned.cellOf, before)) {
        break;
      }

      before = assigned.cellOf;
      middles = assigned.middles();
    }

    return middles;
  }

  /** As many vectors as are learned of, in an order of chance. */
  private UnitVectors sample(UnitVectors vectors) {
    long[] keys =
        IntStream.range(0, vectors.size())
            .mapToLong(i -> Seeded.hash(seed, "k-means", "", i))
            .toArray();
    UnitVectors.Builder sampled = UnitVectors.ofDimension(vectors.dimension());
    IntStream.range(0, vectors.size())
        .boxed()
        .sorted((one, other) -> Long.compare(keys[one], keys[other]))
        .limit(sample)
        .map(vectors::vector)
        .forEach(sampled::add);
    return sampled.build();
  }

  /** Which vector lies in which cell. */
  private static final class Cells {
    private final UnitVectors vectors;
    private final Centroids before;
    private final int[] cellOf;
    private final float[] similarities;
    private final int[] counts;

    Cells(UnitVectors vectors, Centroids middles) {
      this.vectors = vectors;
      this.before = middles;
      this.cellOf = new int[vectors.size()];
      this.similarities = new float[vectors.size()];
      this.counts = new int[middles.size()];
      NearestNeighbours nearest = middles.nearest(vectors, 1);
      for (int i = 0; i < vectors.size(); i++) {
        Neighbours middle = nearest.of(i);
        cellOf[i] = middle.ids()[0];
        similarities[i] = middle.similarities()[0];
        counts[cellOf[i]]++;
      }

      fillEmpty();
    }

    private void fillEmpty() {
      for (int cell = 0; cell < counts.length; cell++) {
        if (counts[cell] == 0) {
          int moved = farthest(largest());
          counts[cellOf[moved]]--;
          cellOf[moved] = cell;
          similarities[moved] = 1;
          counts[cell] = 1;
        }
      }
    }

    private int largest() {
      int largest = 0;
      for (int cell = 1; cell < counts.length; cell++) {
        if (counts[cell] > counts[largest]) {
          largest = cell;
        }
      }

      return largest;
    }

    private int farthest(int cell) {
      int farthest = -1;
      for (int i = 0; i < cellOf.length; i++) {
        if (cellOf[i] == cell && (farthest < 0 || similarities[i] < similarities[farthest])) {
          farthest = i;
        }
      }

      return farthest;
    }

    /** The mean direction of each cell, or the old one where its vectors cancel out. */
    Centroids middles() {
      int dimension = vectors.dimension();
      float[][] sums = new float[counts.length][dimension];
      for (int i = 0; i < cellOf.length; i++) {
        float[] sum = sums[cellOf[i]];
        float[] vector = vectors.chunk(i);
        int offset = vectors.offset(i);
        for (int c = 0; c < dimension; c++) {
          sum[c] += vector[offset + c];
        }
      }

      UnitVectors.Builder directions = UnitVectors.ofDimension(dimension);
      for (int cell = 0; cell < sums.length; cell++) {
        directions.add(isZero(sums[cell]) ? before.direction(cell) : sums[cell]);
      }

      return new Centroids(directions.build());
    }

    private static boolean isZero(float[] vector) {
      for (float component : vector) {
        if (component != 0) {
          return false;
        }
      }

      return true;
    }
  }
}
