package org.longspan.relate;

import java.util.List;

/**
 * The best neighbours so far of each of many queries: a heap a query, the worst on top. Of two
 * equally similar ones that of the higher number is worse, so what remains does not depend on the
 * order of offers.
 *
 * <p>Memory: 8 k + 4 bytes a query. An offer costs O(log k), and most are turned away by one
 * comparison.
 */
final class NeighbourHeaps {
  private final UnitVectors queries;
  private final int k;
  private final boolean selfExcluded;
  private final int[] counts;
  private final int[] ids;
  private final float[] similarities;

  private NeighbourHeaps(UnitVectors queries, int k, boolean selfExcluded) {
    if (k < 1) {
      throw new IllegalArgumentException(
          "A search needs at least 1 neighbour a vector, not %d.".formatted(k));
    }

    if ((long) queries.size() * k > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "%,d neighbours of each of %,d vectors are more than 2^31 in all: ask for fewer, or make slices smaller."
              .formatted(k, queries.size()));
    }

    this.queries = queries;
    this.k = k;
    this.selfExcluded = selfExcluded;
    this.counts = new int[queries.size()];
    this.ids = new int[queries.size() * k];
    this.similarities = new float[queries.size() * k];
  }

  /** For neighbours among other vectors. */
  static NeighbourHeaps amongOthers(UnitVectors queries, int k) {
    return new NeighbourHeaps(queries, k, false);
  }

  /** For neighbours among the queries themselves, where none is its own neighbour. */
  static NeighbourHeaps amongThemselves(UnitVectors queries, int k) {
    return new NeighbourHeaps(queries, Math.min(k, Math.max(1, queries.size() - 1)), true);
  }

  /** Offers every vector of the blocks to every one of these queries. */
  void offer(List<VectorBlock> blocks, int[] asking) {
    for (VectorBlock block : blocks) {
      float[] dots = new float[block.size()];
      for (int query : asking) {
        block.dots(queries.chunk(query), queries.offset(query), dots);
        offer(query, block, dots);
      }
    }
  }

  private void offer(int query, VectorBlock block, float[] dots) {
    float bar = bar(query);
    for (int j = 0; j < dots.length; j++) {
      if (dots[j] >= bar && !(selfExcluded && block.number(j) == query)) {
        offer(query, block.number(j), UnitVectors.cosine(dots[j]));
        bar = bar(query);
      }
    }
  }

  /** The similarity below which a neighbour is not taken any more. */
  private float bar(int query) {
    return counts[query] < k ? Float.NEGATIVE_INFINITY : similarities[query * k];
  }

  private void offer(int query, int id, float similarity) {
    int top = query * k;
    if (counts[query] < k) {
      rise(top, counts[query]++, id, similarity);
    } else if (isWorse(ids[top], similarities[top], id, similarity)) {
      sink(top, k, id, similarity);
    }
  }

  private void rise(int top, int free, int id, float similarity) {
    int place = free;
    while (place > 0) {
      int parent = (place - 1) / 2;
      if (!isWorse(id, similarity, ids[top + parent], similarities[top + parent])) {
        break;
      }

      put(top + place, ids[top + parent], similarities[top + parent]);
      place = parent;
    }

    put(top + place, id, similarity);
  }

  /** Puts one in place of the top of a heap of so many. */
  private void sink(int top, int count, int id, float similarity) {
    int place = 0;
    while (2 * place + 1 < count) {
      int child = 2 * place + 1;
      if (child + 1 < count && isWorse(top + child + 1, top + child)) {
        child++;
      }

      if (!isWorse(ids[top + child], similarities[top + child], id, similarity)) {
        break;
      }

      put(top + place, ids[top + child], similarities[top + child]);
      place = child;
    }

    put(top + place, id, similarity);
  }

  private void put(int place, int id, float similarity) {
    ids[place] = id;
    similarities[place] = similarity;
  }

  private boolean isWorse(int place, int other) {
    return isWorse(ids[place], similarities[place], ids[other], similarities[other]);
  }

  private static boolean isWorse(int id, float similarity, int otherId, float otherSimilarity) {
    return similarity < otherSimilarity || (similarity == otherSimilarity && id > otherId);
  }

  /** The neighbours of all queries in order; nothing can be offered after it. */
  NearestNeighbours sorted() {
    for (int query = 0; query < counts.length; query++) {
      int top = query * k;
      for (int last = counts[query] - 1; last > 0; last--) {
        int worst = ids[top];
        float similarity = similarities[top];
        sink(top, last, ids[top + last], similarities[top + last]);
        put(top + last, worst, similarity);
      }
    }

    return new NearestNeighbours(k, counts, ids, similarities);
  }
}
