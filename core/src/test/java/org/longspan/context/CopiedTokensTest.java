package org.longspan.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.BitSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class CopiedTokensTest {
  @Test
  void theEndsOfARepeatedPhraseAreCopies() {
    int[] tokens = {1, 2, 3, 4, 9, 9, 1, 2, 3, 4, 5};
    assertThat(new CopiedTokens(3, 1).of(tokens)).isEqualTo(bits(8, 9));
    assertThat(new CopiedTokens(3, 7).of(tokens)).isEqualTo(bits());
    assertThat(new CopiedTokens(3, 6).of(tokens)).isEqualTo(bits(8, 9));
  }

  @Property
  void copiesAreThoseThatASearchFinds(
      @ForAll @Size(max = 60) int @IntRange(min = 0, max = 2) [] tokens,
      @ForAll @IntRange(min = 2, max = 5) int ngram,
      @ForAll @IntRange(min = 1, max = 20) int distance) {
    BitSet expected = new BitSet();

    for (int t = ngram - 1; t < tokens.length; t++) {
      for (int end = ngram - 1; end <= t - distance; end++) {
        if (Arrays.equals(tokens, end - ngram + 1, end + 1, tokens, t - ngram + 1, t + 1)) {
          expected.set(t);
        }
      }
    }

    assertThat(new CopiedTokens(ngram, distance).of(tokens)).isEqualTo(expected);
  }

  private static BitSet bits(int... set) {
    BitSet bits = new BitSet();
    Arrays.stream(set).forEach(bits::set);
    return bits;
  }
}
