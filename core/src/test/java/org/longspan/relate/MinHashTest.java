package org.longspan.relate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MinHashTest {
  private static final MinHash WORDS = new MinHash(1, 64, 8);

  @Test
  void theEstimateComesNearTheJaccardSimilarityOfTheShingles() {
    // 600 of 1,400 words in common: the standard error with 512 components is 0.022.
    String one = words(0, 1000);
    String other = words(400, 1400);

    assertThat(similarity(WORDS, one, other)).isCloseTo(600 / 1400.0, within(0.08));
  }

  @Test
  void shinglesHearTheOrderOfWords() {
    String text = words(0, 200);
    String turned = words(100, 200) + " " + words(0, 100);

    assertThat(similarity(WORDS, text, turned)).isEqualTo(1);
    // 4 of 196 shingles of five words are broken, and 4 others come.
    assertThat(similarity(new MinHash(5, 64, 8), text, turned))
        .isCloseTo(192 / 200.0, within(0.05));
  }

  @Test
  void caseAndPunctuationCountNothing() {
    assertThat(similarity(WORDS, "A cold night; a Fire.", "a cold NIGHT, a fire")).isEqualTo(1);
  }

  @Test
  void nearDuplicatesAreToldFromTheirSimilarityOn() {
    String text = words(0, 400);
    String edited = words(0, 390) + " and something more";
    NearDuplicates rule = MinHashDuplicates.from(0.8);

    assertThat(rule.areAlike(rule.sketch(text), rule.sketch(edited))).isTrue();
    assertThat(rule.areAlike(rule.sketch(text), rule.sketch(words(200, 600)))).isFalse();
    assertThatThrownBy(() -> MinHashDuplicates.from(0)).hasMessageContaining("not 0.0");
  }

  @Test
  void unlikeTextsHaveNothingInCommon() {
    assertThat(similarity(WORDS, words(0, 500), words(500, 1000))).isLessThan(0.02);
  }

  @Test
  void textsWithoutWordsAreLikeTheirEqualsAlone() {
    assertThat(similarity(WORDS, "...", "...")).isEqualTo(1);
    assertThat(similarity(WORDS, "...", "")).isZero();
    assertThat(similarity(MinHash.NEAR_DUPLICATES, "two words", "two words")).isEqualTo(1);
  }

  @Test
  void nearDuplicatesShareABandAndOthersDoNot() {
    MinHash hashes = MinHash.NEAR_DUPLICATES;
    String text = words(0, 400);

    assertThat(sharedBands(hashes, text, text)).isEqualTo(16);
    assertThat(sharedBands(hashes, text, words(0, 398) + " and more")).isPositive();
    assertThat(sharedBands(hashes, text, words(300, 700))).isZero();
  }

  @Test
  void equalComponentsInAnotherBandAreNoMatch() {
    byte[] zeros = new byte[MinHash.NEAR_DUPLICATES.signature("a").length];

    assertThat(MinHash.NEAR_DUPLICATES.bandHashes(zeros)).doesNotHaveDuplicates();
  }

  @Test
  void aSignatureWithoutBandsIsRefused() {
    assertThatThrownBy(() -> new MinHash(5, 0, 8)).hasMessageContaining("not 5, 0 and 8");
  }

  private static double similarity(MinHash hashes, String one, String other) {
    return hashes.similarity(hashes.signature(one), hashes.signature(other));
  }

  private static long sharedBands(MinHash hashes, String one, String other) {
    long[] first = hashes.bandHashes(hashes.signature(one));
    long[] second = hashes.bandHashes(hashes.signature(other));
    return IntStream.range(0, first.length).filter(band -> first[band] == second[band]).count();
  }

  private static String words(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "w" + i).collect(Collectors.joining(" "));
  }
}
