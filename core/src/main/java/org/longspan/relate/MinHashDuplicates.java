package org.longspan.relate;

/**
 * Texts are near-duplicates whose shingles of words have at least a given Jaccard similarity, as
 * {@link MinHash} estimates it. Of a text longer than {@value #CHARACTERS} UTF-16 units only that
 * many from its beginning are read.
 *
 * <p>Cost: that of MinHash; 256 bytes a text with shingles as {@link #from} has them.
 *
 * @param minHash shingles and signatures
 * @param least the similarity from which texts are near-duplicates, above 0 to 1
 */
public record MinHashDuplicates(MinHash minHash, double least) implements NearDuplicates {
  private static final int CHARACTERS = 1 << 20;

  public MinHashDuplicates {
    if (!(least > 0 && least <= 1)) {
      throw new IllegalArgumentException(
          "Near-duplicates have a similarity of at least something above 0 and up to 1, not %s."
              .formatted(least));
    }
  }

  /** By shingles of five words, which are near-duplicates from a similarity on. */
  public static MinHashDuplicates from(double least) {
    return new MinHashDuplicates(MinHash.NEAR_DUPLICATES, least);
  }

  @Override
  public byte[] sketch(String text) {
    return minHash.signature(text.substring(0, Math.min(text.length(), CHARACTERS)));
  }

  @Override
  public boolean areAlike(byte[] one, byte[] other) {
    return minHash.similarity(one, other) >= least;
  }
}
