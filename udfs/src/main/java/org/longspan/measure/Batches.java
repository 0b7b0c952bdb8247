package org.longspan.measure;

import java.util.ArrayList;
import java.util.List;

/** How rows are put together for one forward pass. */
final class Batches {
  private Batches() {}

  /**
   * Consecutive parts of at most {@code most}, of sizes that differ by one at most: no pass is
   * small.
   */
  static <T> List<List<T>> of(List<T> all, int most) {
    int count = (all.size() + most - 1) / most;
    List<List<T>> batches = new ArrayList<>(count);

    for (int i = 0; i < count; i++) {
      int from = (int) ((long) all.size() * i / count);
      int to = (int) ((long) all.size() * (i + 1) / count);
      batches.add(all.subList(from, to));
    }

    return batches;
  }
}
