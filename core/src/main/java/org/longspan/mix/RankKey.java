package org.longspan.mix;

/**
 * A document's place in the order in which documents are chosen, as one number: a higher score
 * comes first, documents without a score come last, and among equals the hash decides. The first
 * document has the smallest key. Keys are never negative, so they can be subtracted without
 * overflow.
 *
 * <p>The upper 32 bits order the scores as {@code float}, the lower 31 are the hash; scores that
 * differ by less than a float can tell (one part in 16 million) count as equal. Without scores this
 * is a hash threshold: the coin of Fu et al., arXiv 2402.10171, that falls the same way in every
 * run.
 */
public final class RankKey {
  private static final int HASH_BITS = 31;
  private static final int UNSCORED = Integer.MAX_VALUE;

  private RankKey() {}

  /** The key of a document with a score; a score that is not a number counts as none. */
  public static long scored(double score, long hash) {
    float rounded = (float) score;
    if (Float.isNaN(rounded)) {
      return unscored(hash);
    }

    // Adding zero turns -0 into 0. The bits of negative floats run backwards: flip all but the
    // sign.
    int bits = Float.floatToIntBits(rounded + 0.0f);
    int ascending = bits ^ ((bits >> 31) & Integer.MAX_VALUE);
    return key(~ascending, hash);
  }

  /** The key of a document without a score. */
  public static long unscored(long hash) {
    return key(UNSCORED, hash);
  }

  private static long key(int order, long hash) {
    long upper = (long) order - Integer.MIN_VALUE;
    return (upper << HASH_BITS) | (hash >>> (Long.SIZE - HASH_BITS));
  }
}
