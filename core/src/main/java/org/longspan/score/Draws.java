package org.longspan.score;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.LongStream;
import org.longspan.seed.Seeded;

/** The numbered random choices about one document for one purpose, one after another. */
final class Draws {
  private final long seed;
  private final String purpose;
  private final String docId;
  private long next;

  Draws(long seed, String purpose, String docId) {
    this.seed = seed;
    this.purpose = purpose;
    this.docId = docId;
  }

  /** A fraction in [0, 1). */
  double unit() {
    return Seeded.unit(Seeded.hash(seed, purpose, docId, next++));
  }

  /**
   * A uniform subset of {0, ..., population - 1} in ascending order, by Floyd's method: O(size)
   * draws and memory.
   */
  LongStream subset(long size, long population) {
    if (size >= population) {
      return LongStream.range(0, population);
    }

    Set<Long> chosen = new HashSet<>();

    for (long last = population - size; last < population; last++) {
      long drawn = Seeded.index(Seeded.hash(seed, purpose, docId, next++), last + 1);

      if (!chosen.add(drawn)) {
        chosen.add(last);
      }
    }

    return chosen.stream().mapToLong(Long::longValue).sorted();
  }
}
