package org.longspan.action;

import org.apache.spark.unsafe.hash.Murmur3_x86_32;

/**
 * Keys that {@code repartition(n, key)} sends to a partition each. Consecutive numbers would leave
 * more than a third of the partitions empty and give others several slices, and a slice is the work
 * of an hour.
 *
 * <p>Were Spark to hash in another way, tasks would be less even and the result the same.
 */
final class PartitionKeys {
  /** The seed of Spark's hash partitioning. */
  private static final int SEED = 42;

  private PartitionKeys() {}

  /** n keys; O(n log n) on average. */
  static int[] of(int n) {
    int[] keys = new int[n];
    boolean[] taken = new boolean[n];
    int found = 0;
    for (int key = 0; found < n; key++) {
      int partition = Math.floorMod(Murmur3_x86_32.hashInt(key, SEED), n);
      if (!taken[partition]) {
        taken[partition] = true;
        keys[found++] = key;
      }
    }

    return keys;
  }
}
