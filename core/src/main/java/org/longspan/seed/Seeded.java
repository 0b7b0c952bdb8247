package org.longspan.seed;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;

/**
 * The hashes that stand in for random numbers: functions of (seed, purpose, identity) and nothing
 * else.
 */
public final class Seeded {
  private static final Hasher64 HASH = Hashing.komihash5_0();

  private Seeded() {}

  /**
   * A 64-bit hash, uniform over all longs.
   *
   * @param seed the run's seed
   * @param purpose what the choice is for, such as {@code "upsample"}; choices of different purpose
   *     are independent
   * @param identity a doc_id, sequence_id or other stable name
   */
  public static long hash(long seed, String purpose, String identity) {
    return HASH.hashStream().putLong(seed).putString(purpose).putString(identity).getAsLong();
  }

  /** The hash of a numbered choice about one identity, such as the n-th draw of a sample. */
  public static long hash(long seed, String purpose, String identity, long number) {
    return HASH.hashStream()
        .putLong(seed)
        .putString(purpose)
        .putString(identity)
        .putLong(number)
        .getAsLong();
  }

  /** A hash as a fraction in [0, 1), on a grid of 2^-53. */
  public static double unit(long hash) {
    return (hash >>> 11) * 0x1.0p-53;
  }

  /** A hash as an index in [0, bound); the bias is below bound / 2^64. */
  public static long index(long hash, long bound) {
    if (bound <= 0) {
      throw new IllegalArgumentException("The bound of an index must be positive, not " + bound);
    }

    return Math.multiplyHigh(hash, bound) + (bound & (hash >> 63));
  }
}
