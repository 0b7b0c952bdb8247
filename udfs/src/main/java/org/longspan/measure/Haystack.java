package org.longspan.measure;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.longspan.attention.PlantedNeedle;
import org.longspan.seed.Seeded;
import org.longspan.tokenizer.Tokenizer;

/**
 * A real text to plant needles in. A needle is a row of words of the text itself, drawn so that
 * nothing but the needle tells which comes next.
 */
public final class Haystack {
  private static final int NEEDLE_WORDS = 8;
  private static final int LEAST_WORDS = 64;
  private static final Pattern WORD = Pattern.compile("\\b\\p{L}{4,12}\\b");

  private final Tokenizer tokenizer;
  private final int[] tokens;
  private final List<String> words;

  /**
   * @throws IllegalArgumentException if the text has too few words to draw from
   */
  public Haystack(Tokenizer tokenizer, String text) {
    this.tokenizer = tokenizer;
    this.tokens = tokenizer.encode(text);
    this.words =
        WORD.matcher(text)
            .results()
            .map(MatchResult::group)
            .map(word -> word.toLowerCase(Locale.ROOT))
            .distinct()
            .sorted()
            .toList();

    if (words.size() < LEAST_WORDS) {
      throw new IllegalArgumentException(
          "The text has %d different words of 4 to 12 letters, and needles are drawn from at least %d: give a longer text."
              .formatted(words.size(), LEAST_WORDS));
    }
  }

  /**
   * Stretches of the text with a needle each, at depths that are spread evenly from its beginning
   * to its end.
   *
   * @param needles so many
   * @param length tokens of each stretch, with the needle, the question and the answer
   * @param seed decides which stretches and words are drawn
   * @throws IllegalArgumentException if the needle leaves no room for a text as long as itself, or
   *     the text is shorter than that
   */
  public List<PlantedNeedle> needles(int needles, int length, long seed) {
    return IntStream.range(0, needles)
        .mapToObj(number -> needle(number, needles, length, seed))
        .toList();
  }

  private PlantedNeedle needle(int number, int needles, int length, long seed) {
    PlantedNeedle.Words drawn = words(number, seed);
    int room = length - drawn.length();

    if (room < drawn.length() || room > tokens.length) {
      throw new IllegalArgumentException(
          "Stretches of %,d tokens cannot be cut from a text of %,d: choose %,d to %,d."
              .formatted(
                  length, tokens.length, 2 * drawn.length(), tokens.length + drawn.length()));
    }

    long hash = Seeded.hash(seed, "haystack", "stretch", number);
    int start = (int) Seeded.index(hash, tokens.length - room + 1L);
    int depth = (int) ((2L * number + 1) * room / (2L * needles));
    return PlantedNeedle.in(Arrays.copyOfRange(tokens, start, start + room), depth, drawn);
  }

  private PlantedNeedle.Words words(int number, long seed) {
    String needle =
        IntStream.range(0, NEEDLE_WORDS)
            .mapToObj(place -> word(seed, (long) number * (NEEDLE_WORDS + 1) + place))
            .collect(Collectors.joining(" ", " ", ""));
    String name = word(seed, (long) number * (NEEDLE_WORDS + 1) + NEEDLE_WORDS);
    return new PlantedNeedle.Words(
        tokenizer.encode("\n\nThe secret words of the " + name + " are:"),
        tokenizer.encode(needle),
        tokenizer.encode(".\n\n"));
  }

  private String word(long seed, long draw) {
    return words.get((int) Seeded.index(Seeded.hash(seed, "haystack", "word", draw), words.size()));
  }
}
