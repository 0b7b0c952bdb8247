package org.longspan.relate;

import com.dynatrace.hash4j.hashing.Hasher64;
import com.dynatrace.hash4j.hashing.Hashing;
import java.util.Locale;
import java.util.regex.Pattern;

/** A text as the 64-bit hashes of its words: runs of letters and digits, in lower case. */
public final class WordHashes {
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");
  private static final Hasher64 HASH = Hashing.komihash5_0();

  private WordHashes() {}

  /** One hash a word, in the order of the text; none where it has no word. O(characters). */
  public static long[] of(String text) {
    return WORD.matcher(text.toLowerCase(Locale.ROOT))
        .results()
        .mapToLong(word -> HASH.hashCharsToLong(word.group()))
        .toArray();
  }
}
