package org.longspan.measure;

import java.util.HashSet;
import java.util.Set;
import org.longspan.score.Complexity;
import org.longspan.score.Discourse;

/**
 * Reads {@link Discourse} off a text. Needs no model and no tokens; one pass over the words and one
 * over the characters, and memory for the distinct words.
 */
public final class DiscourseReading {
  private static final Phrases CONNECTIVES = Phrases.of("connectives.txt");
  private static final Phrases PRONOUNS = Phrases.of("pronouns.txt");

  private final Phrases.Count connectives = CONNECTIVES.count();
  private final Phrases.Count pronouns = PRONOUNS.count();
  private final Set<String> types = new HashSet<>();
  private final Set<String> stretch = new HashSet<>();
  private long words;
  private long stretches;
  private long stretchTypes;

  private DiscourseReading() {}

  /** Measures one text. */
  public static Discourse measure(String text) {
    DiscourseReading reading = new DiscourseReading();
    Words.of(text, reading::word);
    return reading.discourse(text);
  }

  private void word(String word) {
    words++;
    connectives.add(word);
    pronouns.add(word);
    types.add(word);
    stretch.add(word);

    if (words % Complexity.STRETCH == 0) {
      stretches++;
      stretchTypes += stretch.size();
      stretch.clear();
    }
  }

  /** A text of less than a stretch is one. */
  private double meanStretchTypes() {
    return stretches == 0
        ? (double) types.size() / Math.max(1, words)
        : (double) stretchTypes / (stretches * Complexity.STRETCH);
  }

  private Discourse discourse(String text) {
    return new Discourse(
        text.codePointCount(0, text.length()),
        words,
        connectives.total(),
        pronouns.total(),
        types.size(),
        meanStretchTypes(),
        text.lines().filter(line -> !line.isBlank()).count(),
        text.lines().mapToLong(line -> line.codePointCount(0, line.length())).max().orElse(0),
        text.codePoints().filter(c -> c == ',' || c == '，' || c == '、').count(),
        text.codePoints().filter(c -> c == ' ' || c == '\t').count(),
        text.codePoints().filter(c -> c == '|').count());
  }
}
