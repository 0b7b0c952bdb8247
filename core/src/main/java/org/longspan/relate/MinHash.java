package org.longspan.relate;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import com.dynatrace.hash4j.similarity.ElementHashProvider;
import com.dynatrace.hash4j.similarity.SimilarityHashPolicy;
import com.dynatrace.hash4j.similarity.SimilarityHashing;
import com.dynatrace.hash4j.similarity.SuperMinHashVersion;
import java.io.Serializable;
import java.util.stream.LongStream;

/**
 * How alike two texts are by the words that follow each other in them: the Jaccard similarity of
 * their shingles, runs of so many words, estimated from signatures (Broder, "On the resemblance and
 * containment of documents", 1997).
 *
 * <pre>
 *   J = |A and B| / |A or B|                     A, B the sets of shingles
 *   estimate = (equal - 2^-16) / (1 - 2^-16)     equal: the share of equal components, of 16 bits each
 *   two texts share a band with the chance 1 - (1 - J^components)^bands
 * </pre>
 *
 * <p>Signatures are those of SuperMinHash, arXiv 1706.05698, whose estimate is at least as exact as
 * MinHash's; its standard error is below sqrt(J (1 - J) / (bands × components)). Words are runs of
 * letters and digits, in lower case. A text of fewer words than a shingle is one shingle, and one
 * without words is like no other text but its equal.
 *
 * <p>Cost: O(words + m log² m) a signature of m = bands × components, which has 2 m bytes; O(m) a
 * comparison.
 *
 * @param words of a shingle, from 1
 * @param bands of a signature, from 1: the more, the less alike are texts that share one
 * @param components of a band, from 1: the more, the more alike
 */
public record MinHash(int words, int bands, int components) implements Serializable {
  /** Of the pairs with J = 0.5 one in 16 shares a band, at 0.67 half, at 0.9 all but 1 in 8,000. */
  public static final MinHash NEAR_DUPLICATES = new MinHash(5, 16, 8);

  private static final int COMPONENT_BITS = 16;
  private static final Hasher64 HASH = Hashing.komihash5_0();

  public MinHash {
    if (words < 1 || bands < 1 || components < 1) {
      throw new IllegalArgumentException(
          "A signature needs shingles of at least 1 word and at least 1 band of 1 component, not %d, %d and %d."
              .formatted(words, bands, components));
    }
  }

  /** The signature of a text. */
  public byte[] signature(String text) {
    return policy().createHasher().compute(ElementHashProvider.ofValues(shingles(text)));
  }

  /**
   * The estimated Jaccard similarity of two texts, from 0 to 1.
   *
   * @param one a signature of these parameters
   * @param other another
   */
  public double similarity(byte[] one, byte[] other) {
    double byChance = 1.0 / (1 << COMPONENT_BITS);
    double equal = policy().getFractionOfEqualComponents(one, other);
    return Math.max(0, (equal - byChance) / (1 - byChance));
  }

  /** A hash of each band; texts with an equal hash at the same place are candidates. */
  public long[] bandHashes(byte[] signature) {
    SimilarityHashPolicy policy = policy();
    return LongStream.range(0, bands)
        .map(
            band -> {
              var hash = HASH.hashStream().putLong(band);
              for (int c = 0; c < components; c++) {
                hash.putLong(policy.getComponent(signature, (int) band * components + c));
              }

              return hash.getAsLong();
            })
        .toArray();
  }

  private SimilarityHashPolicy policy() {
    return SimilarityHashing.superMinHash(
        bands * components, COMPONENT_BITS, SuperMinHashVersion.V1);
  }

  /** The hashes of the shingles, each once. */
  private long[] shingles(String text) {
    long[] hashes = WordHashes.of(text);
    if (hashes.length == 0) {
      return new long[] {HASH.hashCharsToLong(text)};
    }

    int run = Math.min(words, hashes.length);
    return LongStream.rangeClosed(0, hashes.length - run)
        .map(
            first -> {
              var hash = HASH.hashStream();
              for (int word = 0; word < run; word++) {
                hash.putLong(hashes[(int) first + word]);
              }

              return hash.getAsLong();
            })
        .distinct()
        .toArray();
  }
}
