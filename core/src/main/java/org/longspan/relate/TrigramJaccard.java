package org.longspan.relate;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * The rule by which the released code of In-Context Pretraining (arXiv 2310.10638) leaves a
 * document out that begins like the one before it:
 *
 * <pre>
 *   |A and B| / |A or B| &gt; 0.85     A, B the sets of runs of 3 characters in the first 100 of each
 * </pre>
 *
 * <p>It sees a common beginning, such as a licence or a navigation bar, and nothing behind it; for
 * whole texts see {@link MinHash}. Characters are code points. Beginnings of fewer than 3 are alike
 * if they are equal. Cost: O(characters).
 *
 * @param characters of the beginning that is compared, from 1
 * @param most the similarity above which texts are near-duplicates, from 0 to 1
 */
public record TrigramJaccard(int characters, double most) implements NearDuplicates {
  public static final TrigramJaccard PUBLISHED = new TrigramJaccard(100, 0.85);

  private static final int CODE_POINT_BITS = 21;

  public TrigramJaccard {
    if (characters < 1 || !(most >= 0 && most <= 1)) {
      throw new IllegalArgumentException(
          "Beginnings of at least 1 character are compared with a similarity from 0 to 1, not %d and %s."
              .formatted(characters, most));
    }
  }

  /** The beginning that is compared. */
  @Override
  public byte[] sketch(String text) {
    int[] beginning = beginning(text);
    return new String(beginning, 0, beginning.length).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public boolean areAlike(byte[] one, byte[] other) {
    return areNearDuplicates(
        new String(one, StandardCharsets.UTF_8), new String(other, StandardCharsets.UTF_8));
  }

  /** Whether one of the two should go. */
  public boolean areNearDuplicates(String one, String other) {
    return similarity(one, other) > most;
  }

  /** The Jaccard similarity of the beginnings' trigrams, from 0 to 1. */
  public double similarity(String one, String other) {
    int[] first = beginning(one);
    int[] second = beginning(other);
    Set<Long> common = trigrams(first);
    Set<Long> all = trigrams(second);
    int sum = common.size() + all.size();
    if (sum == 0) {
      return Arrays.equals(first, second) ? 1 : 0;
    }

    common.retainAll(all);
    return (double) common.size() / (sum - common.size());
  }

  private int[] beginning(String text) {
    return text.codePoints().limit(characters).toArray();
  }

  private static Set<Long> trigrams(int[] codePoints) {
    Set<Long> trigrams = new HashSet<>();
    for (int i = 2; i < codePoints.length; i++) {
      trigrams.add(
          (((long) codePoints[i - 2] << CODE_POINT_BITS | codePoints[i - 1]) << CODE_POINT_BITS)
              | codePoints[i]);
    }

    return trigrams;
  }
}
