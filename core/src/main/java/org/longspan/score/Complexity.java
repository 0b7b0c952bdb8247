package org.longspan.score;

import java.util.Map;
import java.util.TreeMap;

/**
 * How varied the words of a text are, LongWanjuan's complexity, arXiv 2402.13583.
 *
 * <pre>
 *   score = mean over stretches of 1,000 words of (distinct words / words)
 * </pre>
 *
 * <p>Published is the share of distinct tokens of the whole document, which falls with its length
 * whatever it says; the mean over stretches does not. Neither end is good: tables and lists repeat
 * few words, broken text repeats none.
 *
 * <p>Details: {@code words}, {@code type_token_ratio} of the whole text, {@code
 * characters_per_word}, {@code lines}, {@code line_mean} and {@code line_max} in characters, and
 * {@code comma_rate}, {@code space_rate}, {@code bar_rate} a character. A text without words is too
 * short. Cost: O(1).
 */
public final class Complexity implements Scorer<Discourse> {
  /** Words of a stretch. */
  public static final int STRETCH = 1000;

  @Override
  public String name() {
    return "complexity";
  }

  @Override
  public Score score(Discourse measured) {
    if (measured.words() == 0) {
      return Score.tooShort("The document has no words, so that none of them can differ.");
    }

    double characters = measured.characters();
    Map<String, Double> details = new TreeMap<>();
    details.put("words", (double) measured.words());
    details.put("type_token_ratio", (double) measured.types() / measured.words());
    details.put("characters_per_word", characters / measured.words());
    details.put("lines", (double) measured.lines());
    details.put("line_mean", characters / measured.lines());
    details.put("line_max", (double) measured.longestLine());
    details.put("comma_rate", measured.commas() / characters);
    details.put("space_rate", measured.spaces() / characters);
    details.put("bar_rate", measured.bars() / characters);
    return Score.of(measured.stretchTypes(), details);
  }
}
