package org.longspan.relate;

import java.util.Arrays;
import java.util.List;

/**
 * Approximate neighbours by an inverted file (Sivic and Zisserman, "Video Google", 2003; the IVF of
 * FAISS, arXiv 1702.08734, without its compression): {@link SphericalKMeans} cuts the space into
 * cells, a cell's list holds the vectors nearest to its centroid, and each vector is compared with
 * the lists of the few centroids nearest to it.
 *
 * <p>A neighbour is missed where its list is not probed; what is found has the exact similarity. A
 * vector has fewer than k neighbours where its lists hold fewer.
 *
 * <p>All vectors that probe a list pass over it together, so that it is brought into the cache
 * once. Cost with lists of equal size, in multiplications: n · lists · dimension to find the lists,
 * n² · probes / lists · dimension to search them; memory 12 · probes bytes a vector beside vectors
 * and result.
 *
 * @param lists wanted, at least 1
 * @param probes lists that each vector asks, at least 1; more find more and take longer
 * @param seed the run's seed
 */
public record InvertedLists(int lists, int probes, long seed) implements NeighbourSearch {
  private static final int PROBES = 16;
  private static final int SAMPLE_OF_A_LIST = 40;
  private static final int ROUNDS = 8;

  public InvertedLists {
    if (lists < 1 || probes < 1) {
      throw new IllegalArgumentException(
          "A search in lists needs at least 1 list and 1 probe, not %d and %d."
              .formatted(lists, probes));
    }
  }

  /** The usual lists and probes for so many vectors: 2 √n lists, of which {@value #PROBES}. */
  public static InvertedLists forSize(int vectors, long seed) {
    return new InvertedLists(Math.max(1, (int) (2 * Math.sqrt(vectors))), PROBES, seed);
  }

  @Override
  public NearestNeighbours among(UnitVectors vectors, int k) {
    NeighbourHeaps heaps = NeighbourHeaps.amongThemselves(vectors, k);
    if (vectors.size() == 0) {
      return heaps.sorted();
    }

    Centroids centroids =
        new SphericalKMeans(
                lists,
                (int) Math.min(Integer.MAX_VALUE, (long) lists * SAMPLE_OF_A_LIST),
                ROUNDS,
                seed)
            .of(vectors);
    NearestNeighbours nearest = centroids.nearest(vectors, probes);
    int[][] members = byList(nearest, centroids.size(), 1);
    int[][] asking = byList(nearest, centroids.size(), probes);
    for (int list = 0; list < members.length; list++) {
      List<VectorBlock> blocks = VectorBlock.of(vectors, members[list]);
      heaps.offer(blocks, asking[list]);
    }

    return heaps.sorted();
  }

  /** Of each list the vectors that have it among their nearest so many, in ascending order. */
  private static int[][] byList(NearestNeighbours nearest, int lists, int most) {
    int[] counts = new int[lists];
    forEach(nearest, most, (list, vector) -> counts[list]++);
    int[][] vectors = new int[lists][];
    Arrays.setAll(vectors, list -> new int[counts[list]]);
    Arrays.fill(counts, 0);
    forEach(nearest, most, (list, vector) -> vectors[list][counts[list]++] = vector);
    return vectors;
  }

  private static void forEach(NearestNeighbours nearest, int most, ListEntry entry) {
    for (int vector = 0; vector < nearest.size(); vector++) {
      int[] lists = nearest.of(vector).ids();
      for (int rank = 0; rank < Math.min(most, lists.length); rank++) {
        entry.accept(lists[rank], vector);
      }
    }
  }

  @FunctionalInterface
  private interface ListEntry {
    void accept(int list, int vector);
  }
}
