package org.longspan.relate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class RakeTest {
  private final Rake rake = new Rake(Set.of("the", "of", "and", "over", "are", "for"), 3);

  /** "minimal" stands in two words twice: deg 4, freq 2; each of its partners has deg 2, freq 1. */
  @Test
  void wordsScoreTheirCompanyAgainstTheirFrequency() {
    assertThat(rake.keywords("Minimal sets of the solutions, and minimal supports over sets."))
        .containsExactly(
            new Rake.Keyword("minimal supports", 4),
            new Rake.Keyword("minimal sets", 3.5),
            new Rake.Keyword("sets", 1.5),
            new Rake.Keyword("solutions", 1));
  }

  @Test
  void longRunsAndNumbersAreNoKeywords() {
    assertThat(rake.keywords("alpha beta gamma delta. 1234 5678. theorem"))
        .extracting(Rake.Keyword::words)
        .containsExactly("theorem");
  }

  @Test
  void aParagraphsEndBreaksAPhrase() {
    assertThat(rake.keywords("linear algebra\n\nquantum field"))
        .extracting(Rake.Keyword::words)
        .containsExactly("linear algebra", "quantum field");
  }
}
