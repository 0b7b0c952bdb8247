package org.longspan.retrieve;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What is read of a very long text: excerpts of equal length, spread evenly from its begin to its
 * end.
 */
final class Excerpts {
  private static final int EXCERPTS = 64;

  private Excerpts() {}

  /**
   * The text whole, or {@value #EXCERPTS} excerpts of it.
   *
   * @param characters the most UTF-16 units to read, at least {@value #EXCERPTS}
   */
  static List<String> of(String text, int characters) {
    if (text.length() <= characters) {
      return List.of(text);
    }

    int length = characters / EXCERPTS;
    long lastStart = text.length() - (long) length;
    return IntStream.range(0, EXCERPTS)
        .mapToObj(i -> (int) (lastStart * i / (EXCERPTS - 1)))
        .map(start -> text.substring(start, start + length))
        .toList();
  }
}
