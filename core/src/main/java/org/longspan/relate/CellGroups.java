package org.longspan.relate;

import java.io.Serializable;

/**
 * How the cells of a domain, in each of which texts are alike, make slices of about equal size.
 *
 * <p>The cells stand in a chain from each to the nearest that is left, and the chain is cut
 * wherever a slice is full; so what is alike stays together, and a slice has {@code size} documents
 * and at most one cell more. A cell of more than {@code size} documents has slices of its own,
 * among which a hash decides.
 *
 * <p>Cost: O(cells² · dimensions).
 */
final class CellGroups {
  private CellGroups() {}

  /** Of each cell its first slice and how many it has; slices are numbered from 0. */
  record Places(int[] first, int[] parts, int slices) implements Serializable {}

  /**
   * @param counts documents of each cell
   * @param similarity of each two cells
   * @param size documents of a slice, about, at least 1
   */
  static Places of(long[] counts, float[][] similarity, int size) {
    int[] first = new int[counts.length];
    int[] parts = new int[counts.length];
    int slices = 0;
    long filled = 0;
    for (int cell : chain(similarity)) {
      parts[cell] = Math.toIntExact(Math.max(1, (counts[cell] + size - 1) / size));
      boolean alone = parts[cell] > 1;
      if (filled > 0 && (alone || filled + counts[cell] / 2 > size)) {
        slices++;
        filled = 0;
      }

      first[cell] = slices;
      if (alone) {
        slices += parts[cell];
      } else {
        filled += counts[cell];
      }
    }

    return new Places(first, parts, filled > 0 ? slices + 1 : Math.max(1, slices));
  }

  /** From the first cell to the nearest that is left, and so on; ties go to the lower number. */
  private static int[] chain(float[][] similarity) {
    int cells = similarity.length;
    int[] chain = new int[cells];
    boolean[] used = new boolean[cells];
    used[0] = true;
    for (int i = 1; i < cells; i++) {
      int last = chain[i - 1];
      int nearest = -1;
      for (int cell = 0; cell < cells; cell++) {
        if (!used[cell] && (nearest < 0 || similarity[last][cell] > similarity[last][nearest])) {
          nearest = cell;
        }
      }

      chain[i] = nearest;
      used[nearest] = true;
    }

    return chain;
  }
}
