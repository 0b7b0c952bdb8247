package org.longspan.measure;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A list of phrases, to find in a stream of words: the longest that begins at a word. */
final class Phrases {
  private final Map<String, List<List<String>>> byFirstWord = new HashMap<>();
  private int longest = 1;

  private Phrases(List<String> phrases) {
    for (String phrase : phrases) {
      List<String> words = new ArrayList<>();
      Words.of(phrase, words::add);
      byFirstWord.computeIfAbsent(words.get(0), word -> new ArrayList<>()).add(words);
      longest = Math.max(longest, words.size());
    }

    Comparator<List<String>> byLength = Comparator.comparingInt(List::size);
    byFirstWord.values().forEach(those -> those.sort(byLength.reversed()));
  }

  /** The phrases of a file beside this class, one a line. */
  static Phrases of(String file) {
    try (InputStream in = Phrases.class.getResourceAsStream(file)) {
      return new Phrases(
          new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.isBlank())
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException("The jar's file " + file + " can't be read.", e);
    }
  }

  /** A count that has seen no words. */
  Count count() {
    return new Count();
  }

  /** Counts the words that belong to a phrase; no word belongs to two. */
  final class Count {
    private final List<String> ahead = new ArrayList<>();
    private long covered;

    private Count() {}

    void add(String word) {
      ahead.add(word);

      if (ahead.size() == longest) {
        take();
      }
    }

    /** Words that belong to a phrase, of all that were added. */
    long total() {
      while (!ahead.isEmpty()) {
        take();
      }

      return covered;
    }

    private void take() {
      int words = phraseAtStart();
      covered += words;
      ahead.subList(0, Math.max(1, words)).clear();
    }

    private int phraseAtStart() {
      for (List<String> phrase : byFirstWord.getOrDefault(ahead.get(0), List.of())) {
        if (phrase.size() <= ahead.size() && ahead.subList(0, phrase.size()).equals(phrase)) {
          return phrase.size();
        }
      }

      return 0;
    }
  }
}
