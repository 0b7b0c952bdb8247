package org.longspan.relate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class UtteranceOverlapTest {
  private static final UtteranceOverlap PUBLISHED = new UtteranceOverlap(10, 5);

  @Test
  void elevenCharactersInARowAreTooManyAndTenAreNot() {
    UtteranceOverlap.Dialogue dialogue = PUBLISHED.of("hi\nthe 0123456789a is here\nbye");

    assertThat(dialogue.overlaps("well\n>0123456789a!")).isTrue();
    assertThat(dialogue.overlaps("well\n>0123456789!")).isFalse();
  }

  @Test
  void aPassageDoesNotGoOnInTheNextLine() {
    assertThat(PUBLISHED.of("01234\n56789abc").overlaps("01234\n5678 abc")).isTrue();
    assertThat(PUBLISHED.of("x01234\n56789y").overlaps("z01234\n56789w")).isFalse();
  }

  @Test
  void shortUtterancesOverlapWhereOneIsPartOfTheOtherEitherWay() {
    String question = "where?\n  oh dear \n";
    String answer = "well, oh dear me";

    assertThat(PUBLISHED.of(question).overlaps(answer)).isTrue();
    assertThat(PUBLISHED.of(answer).overlaps(question)).isTrue();
    assertThat(PUBLISHED.of(question).overlaps("oh my dear")).isFalse();
  }

  @Test
  void veryShortUtterancesSayNothing() {
    assertThat(PUBLISHED.of("yes\nno\nI").overlaps("yes\nno\nI")).isFalse();
    assertThat(new UtteranceOverlap(10, 3).of("yes").overlaps("yes")).isTrue();
  }

  @Test
  void nothingOverlapsWithSilence() {
    assertThat(PUBLISHED.of("").overlaps("good morning to you")).isFalse();
    assertThat(PUBLISHED.of("good morning to you").overlaps(" \n ")).isFalse();
  }

  @Property(tries = 300)
  void theHashesSayWhatComparingAllUtterancesSays(
      @ForAll @IntRange(min = 1, max = 5) int common,
      @ForAll @IntRange(min = 1, max = 5) int shortest,
      @ForAll @Size(max = 4)
          List<@StringLength(max = 9) @CharRange(from = 'a', to = 'c') String> one,
      @ForAll @Size(max = 4)
          List<@StringLength(max = 9) @CharRange(from = 'b', to = 'd') String> other) {
    boolean expected =
        one.stream().anyMatch(a -> other.stream().anyMatch(b -> repeats(a, b, common, shortest)));
    UtteranceOverlap overlap = new UtteranceOverlap(common, shortest);
    String left = String.join("\n", one);
    String right = String.join("\n", other);

    assertThat(overlap.of(left).overlaps(right)).isEqualTo(expected);
    assertThat(overlap.of(right).overlaps(left)).isEqualTo(expected);
  }

  private static boolean repeats(String a, String b, int common, int shortest) {
    if ((a.length() >= shortest && b.contains(a)) || (b.length() >= shortest && a.contains(b))) {
      return true;
    }

    for (int from = 0; from + common < a.length(); from++) {
      if (b.contains(a.substring(from, from + common + 1))) {
        return true;
      }
    }

    return false;
  }

  @Test
  void boundsBelowOneAreRefused() {
    assertThatThrownBy(() -> new UtteranceOverlap(0, 5)).hasMessageContaining("not 0 and 5");
  }
}
