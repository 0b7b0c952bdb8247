package org.longspan.pack;

import java.util.Arrays;
import java.util.function.IntToLongFunction;

/** The numbers 0 to n-1 in an order of chance: ascending by a hash of each. */
final class HashOrder {
  private HashOrder() {}

  /**
   * Sorts by hash, ties by number. The lowest bits of a hash give way to the number, so that one
   * primitive sort does both; O(n log n).
   */
  static int[] of(int n, IntToLongFunction hash) {
    int numberBits = 32 - Integer.numberOfLeadingZeros(n);
    long numberMask = (1L << numberBits) - 1;
    long[] keys = new long[n];
    for (int i = 0; i < n; i++) {
      keys[i] = (hash.applyAsLong(i) & ~numberMask) | i;
    }

    Arrays.sort(keys);

    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      order[i] = (int) (keys[i] & numberMask);
    }

    return order;
  }
}
