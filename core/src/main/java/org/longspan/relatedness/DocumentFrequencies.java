package org.longspan.relatedness;

import java.io.Serializable;
import java.util.Arrays;
import org.longspan.relate.WordHashes;

/**
 * In how many texts of a sample words occur, by {@value #BUCKETS} buckets of their hashes: of fixed
 * size, whatever the vocabulary. Words that share a bucket seem more frequent than they are. Sums
 * of samples are those of all their texts, in any order.
 *
 * <pre>
 *   idf(w) = ln(1 + (n - df(w) + 0.5) / (df(w) + 0.5))      as in BM25; n texts
 * </pre>
 */
public final class DocumentFrequencies implements Serializable {
  private static final int BUCKETS = 1 << 16;

  private final int[] texts = new int[BUCKETS];
  private int all;

  /** Counts the words of one more text; returns this. O(characters). */
  public DocumentFrequencies add(String text) {
    all++;
    Arrays.stream(WordHashes.of(text))
        .mapToInt(DocumentFrequencies::bucket)
        .distinct()
        .forEach(b -> texts[b]++);
    return this;
  }

  /** Counts what another sample has counted; returns this. */
  public DocumentFrequencies addAll(DocumentFrequencies other) {
    all += other.all;
    Arrays.setAll(texts, b -> texts[b] + other.texts[b]);
    return this;
  }

  /** How telling a word is; the same for all words where no text was counted. */
  double idf(long wordHash) {
    int df = texts[bucket(wordHash)];
    return StrictMath.log(1 + (all - df + 0.5) / (df + 0.5));
  }

  private static int bucket(long wordHash) {
    return (int) (wordHash >>> Long.SIZE - Integer.numberOfTrailingZeros(BUCKETS));
  }
}
