package org.longspan.embed;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What an embedder reads of a text: windows of so many UTF-16 units, side by side in a short text
 * and spread evenly over a long one. A window begins at a word.
 *
 * @param most windows of a text, at least 1
 * @param characters of a window, at least 1
 */
record Windows(int most, int characters) {
  /** How far a window's begin is moved to find a word. */
  private static final int SEARCHED = 32;

  List<String> of(String text) {
    int needed = Math.max(1, (text.length() + characters - 1) / characters);
    int windows = Math.min(most, needed);
    if (windows == 1) {
      return List.of(text.substring(0, Math.min(text.length(), characters)));
    }

    long lastStart = text.length() - (long) characters;
    return IntStream.range(0, windows)
        .map(w -> w == 0 ? 0 : word(text, (int) (lastStart * w / (windows - 1))))
        .mapToObj(start -> text.substring(start, Math.min(text.length(), start + characters)))
        .toList();
  }

  private static int word(String text, int start) {
    for (int i = start; i < Math.min(text.length(), start + SEARCHED); i++) {
      if (Character.isWhitespace(text.charAt(i))) {
        return i;
      }
    }

    return start;
  }
}
