package org.longspan.measure;

import java.util.Locale;
import java.util.function.Consumer;

/** Words as {@link org.longspan.score.Discourse} counts them, in lower case. */
final class Words {
  private Words() {}

  /** Hands over the words of a text in their order. O(characters). */
  static void of(String text, Consumer<String> words) {
    int begin = -1;

    for (int at = 0; at < text.length(); ) {
      int character = text.codePointAt(at);
      int next = at + Character.charCount(character);
      boolean alone = Character.isIdeographic(character);
      boolean within = !alone && Character.isLetterOrDigit(character);

      if (begin >= 0 && !within) {
        words.accept(text.substring(begin, at).toLowerCase(Locale.ROOT));
        begin = -1;
      }

      if (alone) {
        words.accept(text.substring(at, next));
      } else if (within && begin < 0) {
        begin = at;
      }

      at = next;
    }

    if (begin >= 0) {
      words.accept(text.substring(begin).toLowerCase(Locale.ROOT));
    }
  }
}
