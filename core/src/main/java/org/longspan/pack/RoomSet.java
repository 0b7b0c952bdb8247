package org.longspan.pack;

/**
 * A set of numbers that answers "which member is the smallest that is at least this?" in one step a
 * level: the capacity tree of best-fit packing, with 64 children a node instead of 2, so that a
 * node is one word of bits and 131,072 capacities need three levels.
 */
final class RoomSet {
  /** Level 0 has one bit a number; a bit of a higher level says that a word below it is not 0. */
  private final long[][] levels;

  /**
   * @param largest the largest number that can be a member
   */
  RoomSet(int largest) {
    int depth = 1;
    while ((long) largest >> 6 * depth > 0) {
      depth++;
    }

    levels = new long[depth][];
    for (int level = 0; level < depth; level++) {
      levels[level] = new long[(int) ((long) largest >> 6 * (level + 1)) + 1];
    }
  }

  void add(int number) {
    int bit = number;
    for (long[] words : levels) {
      words[bit >> 6] |= 1L << bit;
      bit >>= 6;
    }
  }

  void remove(int number) {
    int bit = number;
    for (long[] words : levels) {
      words[bit >> 6] &= ~(1L << bit);
      if (words[bit >> 6] != 0) {
        return;
      }

      bit >>= 6;
    }
  }

  /** The smallest member that is at least {@code number}, or -1. */
  int ceiling(int number) {
    int bit = number;
    for (int level = 0; level < levels.length && bit >> 6 < levels[level].length; level++) {
      long rest = levels[level][bit >> 6] & (-1L << bit);
      if (rest != 0) {
        return descend(level, (bit & ~63) + Long.numberOfTrailingZeros(rest));
      }

      bit = (bit >> 6) + 1;
    }

    return -1;
  }

  private int descend(int level, int found) {
    int bit = found;
    for (int below = level - 1; below >= 0; below--) {
      bit = (bit << 6) + Long.numberOfTrailingZeros(levels[below][bit]);
    }

    return bit;
  }
}
