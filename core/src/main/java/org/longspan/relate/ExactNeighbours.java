package org.longspan.relate;

import java.util.stream.IntStream;

/**
 * Every vector against every other, block by block. Cost: n² · dimension multiplications, which at
 * 384 components is some 15 seconds for 20,000 vectors and nine hours for a million; memory the
 * result's and one block's.
 */
public record ExactNeighbours() implements NeighbourSearch {
  @Override
  public NearestNeighbours among(UnitVectors vectors, int k) {
    return among(vectors, k, IntStream.range(0, vectors.size()).toArray());
  }

  /** The same for these only; the others have no neighbours. */
  NearestNeighbours among(UnitVectors vectors, int k, int[] asking) {
    NeighbourHeaps heaps = NeighbourHeaps.amongThemselves(vectors, k);
    for (int from = 0; from < vectors.size(); from += VectorBlock.MOST) {
      int to = Math.min(vectors.size(), from + VectorBlock.MOST);
      heaps.offer(VectorBlock.of(vectors, IntStream.range(from, to).toArray()), asking);
    }

    return heaps.sorted();
  }
}
