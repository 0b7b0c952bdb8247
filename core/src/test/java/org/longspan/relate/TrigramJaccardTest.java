package org.longspan.relate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TrigramJaccardTest {
  private static final TrigramJaccard RULE = TrigramJaccard.PUBLISHED;

  @Test
  void theTrigramsOfTheBeginningsAreCompared() {
    // abc bcd cde against bcd cde def: 2 of 4.
    assertThat(RULE.similarity("abcde", "bcdef")).isEqualTo(0.5);
    assertThat(RULE.areNearDuplicates("abcde", "bcdef")).isFalse();
  }

  @Test
  void whatStandsBehindTheBeginningCountsNothing() {
    String licence = "Permission is hereby granted, free of charge, to any person. ".repeat(2);

    assertThat(RULE.areNearDuplicates(licence + "one program", licence + "and another")).isTrue();
  }

  @Test
  void sketchesAreComparedAsTheTextsAre() {
    String licence = "Erlaubt \uD83D\uDE00 ist, was gefällt. ".repeat(4);

    assertThat(RULE.areAlike(RULE.sketch(licence + "eins"), RULE.sketch(licence + "zwei")))
        .isTrue();
    assertThat(RULE.areAlike(RULE.sketch(licence), RULE.sketch("Something else."))).isFalse();
  }

  @Test
  void theThresholdItselfIsAllowed() {
    TrigramJaccard half = new TrigramJaccard(100, 0.5);

    assertThat(half.areNearDuplicates("abcde", "bcdef")).isFalse();
    assertThat(half.areNearDuplicates("abcde", "abcdef")).isTrue();
  }

  @Test
  void beginningsWithoutATrigramAreAlikeIfTheyAreEqual() {
    assertThat(RULE.similarity("ab", "ab")).isEqualTo(1);
    assertThat(RULE.similarity("ab", "ba")).isZero();
    assertThat(RULE.similarity("", "abc")).isZero();
  }

  @Test
  void charactersAreCodePoints() {
    assertThat(new TrigramJaccard(3, 0.85).similarity("😀😁😂a", "😀😁😂b")).isEqualTo(1);
  }

  @Test
  void aSimilarityAboveOneIsRefused() {
    assertThatThrownBy(() -> new TrigramJaccard(100, 1.5)).hasMessageContaining("1.5");
  }
}
