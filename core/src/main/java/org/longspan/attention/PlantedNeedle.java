package org.longspan.attention;

import java.util.Arrays;
import java.util.stream.Stream;

/**
 * A text with a needle in it, and a question behind it that the needle answers:
 *
 * <pre>
 *   text .. opening needle closing .. text opening needle
 * </pre>
 *
 * <p>The question repeats the words before the needle, so that a model which only continues texts
 * can answer it.
 *
 * @param tokens all of it; the answer, the needle once more, is its end
 * @param from first token of the needle in the text
 * @param to end of the needle in the text, exclusive
 */
public record PlantedNeedle(int[] tokens, int from, int to) {
  /**
   * What makes a needle.
   *
   * @param opening words before it, and the question
   * @param needle what is to be found
   * @param closing what ends it in the text
   */
  public record Words(int[] opening, int[] needle, int[] closing) {
    /** Tokens that stand beside those of the text. */
    public int length() {
      return 2 * (opening.length + needle.length) + closing.length;
    }
  }

  /**
   * Plants a needle.
   *
   * @param text the haystack
   * @param depth tokens of the text before the needle
   */
  public static PlantedNeedle in(int[] text, int depth, Words words) {
    if (depth < 0 || depth > text.length || words.needle.length == 0) {
      throw new IllegalArgumentException(
          "A needle of %d tokens cannot stand behind %d tokens of a text of %d."
              .formatted(words.needle.length, depth, text.length));
    }

    int from = depth + words.opening.length;
    int[] tokens =
        Stream.of(
                Arrays.copyOf(text, depth),
                words.opening,
                words.needle,
                words.closing,
                Arrays.copyOfRange(text, depth, text.length),
                words.opening,
                words.needle)
            .flatMapToInt(Arrays::stream)
            .toArray();
    return new PlantedNeedle(tokens, from, from + words.needle.length);
  }

  /** Tokens of the answer. */
  public int answer() {
    return to - from;
  }
}
