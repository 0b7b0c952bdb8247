package org.longspan.relatedness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HashedTermsTest {
  private static final List<String> TEXTS =
      List.of(
          "The whale and the sea: the ship sails where the whale dives.",
          "The harpoon strikes the whale, and the ship shakes in the sea.",
          "The compiler and the parser: the code compiles where the parser reads.",
          "The parser fails, and the compiler prints the code in the terminal.");

  @Test
  void vectorsHaveLengthOne() {
    float[] vector = HashedTerms.unweighted().of(TEXTS.get(0));

    assertThat(vector).hasSize(HashedTerms.DIMENSION);
    assertThat(cosine(vector, vector)).isCloseTo(1, within(1e-6));
  }

  @Test
  void textsOfOneSubjectAreMoreAlikeThanOthers() {
    HashedTerms terms = HashedTerms.weighedBy(frequencies(TEXTS));
    List<float[]> vectors = TEXTS.stream().map(terms::of).toList();

    double same = cosine(vectors.get(0), vectors.get(1)) + cosine(vectors.get(2), vectors.get(3));
    double other = cosine(vectors.get(0), vectors.get(2)) + cosine(vectors.get(1), vectors.get(3));
    assertThat(same).isGreaterThan(2 * other);
  }

  @Test
  void wordsOfEveryTextWeighLittle() {
    HashedTerms terms = HashedTerms.weighedBy(frequencies(TEXTS));

    double common = cosine(terms.of("the and whale"), terms.of("the and parser"));
    double unweighted =
        cosine(
            HashedTerms.unweighted().of("the and whale"),
            HashedTerms.unweighted().of("the and parser"));
    assertThat(common).isLessThan(unweighted / 2);
  }

  @Test
  void orderAndCaseOfWordsDoNotMatter() {
    HashedTerms terms = HashedTerms.unweighted();

    assertThat(terms.of("Sea, whale; sea!")).isEqualTo(terms.of("whale SEA sea"));
  }

  @Test
  void aTextWithoutWordsHasNoDirection() {
    assertThat(HashedTerms.unweighted().of(" ... ")).containsOnly(0);
  }

  @Test
  void samplesAddUp() {
    HashedTerms whole = HashedTerms.weighedBy(frequencies(TEXTS));
    HashedTerms parts =
        HashedTerms.weighedBy(
            frequencies(TEXTS.subList(2, 4)).addAll(frequencies(TEXTS.subList(0, 2))));

    assertThat(parts.of(TEXTS.get(1))).isEqualTo(whole.of(TEXTS.get(1)));
  }

  private static DocumentFrequencies frequencies(List<String> texts) {
    DocumentFrequencies frequencies = new DocumentFrequencies();
    texts.forEach(frequencies::add);
    return frequencies;
  }

  private static double cosine(float[] one, float[] other) {
    return IntStream.range(0, one.length).mapToDouble(i -> one[i] * other[i]).sum();
  }
}
