package org.longspan.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

/** The joining of pieces, with toy encoders whose rules are seen at a glance. */
class PieceJoinerTest {
  /**
   * Words of at most four letters, digits in threes from where the digits begin, all else alone.
   */
  private static final Function<String, Piece> THREES = byPattern("[a-z]{1,4}|\\d{1,3}|.");

  /** A run of letters is one token, however long: neighbouring pieces never share its borders. */
  private static final Function<String, Piece> WHOLE_WORDS = byPattern("[a-z]+|.");

  @Property
  void piecesGiveTheTokensOfOnePass(
      @ForAll
          @StringLength(max = 400)
          @CharRange(from = '0', to = '9')
          @CharRange(from = 'a', to = 'c')
          String text,
      @ForAll @IntRange(min = 32, max = 80) int length) {
    assertThat(new PieceJoiner(THREES, length, length / 4).encode(text))
        .isEqualTo(THREES.apply(text).ids());
  }

  @Property
  void supplementaryCharactersCountOnce(
      @ForAll @StringLength(max = 200) String letters,
      @ForAll @IntRange(min = 32, max = 80) int length) {
    String text =
        letters
            .codePoints()
            .map(c -> c % 3 == 0 ? 0x1F600 : 'a' + c % 26)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();

    assertThat(new PieceJoiner(THREES, length, length / 4).encode(text))
        .isEqualTo(THREES.apply(text).ids());
  }

  @Test
  void aPieceGrowsUntilItHoldsTheWordThatNeighboursDisagreeOn() {
    String text = "x ".repeat(50) + "y".repeat(1000) + " z".repeat(50);
    List<Integer> lengths = new ArrayList<>();

    int[] ids =
        new PieceJoiner(
                piece -> {
                  lengths.add(piece.length());
                  return WHOLE_WORDS.apply(piece);
                },
                64,
                16)
            .encode(text);

    assertThat(ids).isEqualTo(WHOLE_WORDS.apply(text).ids());
    assertThat(lengths).contains(64, 128, 256);
    assertThat(lengths.stream().mapToInt(Integer::intValue).sum()).isLessThan(5 * text.length());
  }

  @Test
  void aShortTextIsOnePiece() {
    assertThat(new PieceJoiner(THREES, 64, 16).encode("")).isEmpty();
    assertThat(new PieceJoiner(THREES, 64, 16).encode("abc12345")).hasSize(3);
  }

  @Test
  void anOverlapThatLeavesNoProgressIsRefused() {
    assertThatThrownBy(() -> new PieceJoiner(THREES, 64, 17))
        .hasMessageContaining("[2, 16]")
        .hasMessageContaining("17");
  }

  private static Function<String, Piece> byPattern(String pattern) {
    Pattern token = Pattern.compile(pattern, Pattern.DOTALL);
    return text -> {
      List<int[]> tokens = new ArrayList<>();
      Matcher matcher = token.matcher(text);

      while (matcher.find()) {
        tokens.add(
            new int[] {
              matcher.group().hashCode(),
              text.codePointCount(0, matcher.start()),
              text.codePointCount(0, matcher.end())
            });
      }

      return new Piece(column(tokens, 0), column(tokens, 1), column(tokens, 2));
    };
  }

  private static int[] column(List<int[]> rows, int column) {
    return rows.stream().mapToInt(row -> row[column]).toArray();
  }
}
