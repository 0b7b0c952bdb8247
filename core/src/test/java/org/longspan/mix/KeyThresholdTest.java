package org.longspan.mix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.longspan.mix.KeyThreshold.Bin;
import org.longspan.seed.Seeded;

class KeyThresholdTest {
  private record Document(long key, long tokens) {}

  @Property
  void documentsBeforeTheKeyAndTheRestOfThoseAtItAreTheWantedTokens(
      @ForAll @IntRange(min = 1, max = 3_000) int documents,
      @ForAll @IntRange(min = 0, max = 3) int scores,
      @ForAll @DoubleRange(min = 0, max = 1, maxIncluded = false) double share,
      @ForAll long seed) {
    List<Document> all =
        IntStream.range(0, documents).mapToObj(d -> document(seed, d, scores)).toList();
    long tokens = all.stream().mapToLong(Document::tokens).sum();
    long wanted = (long) (share * tokens);

    KeyThreshold threshold = settle(all, wanted);

    long before =
        all.stream()
            .filter(document -> document.key() < threshold.key())
            .mapToLong(Document::tokens)
            .sum();
    long atKey =
        all.stream()
            .filter(document -> document.key() == threshold.key())
            .mapToLong(Document::tokens)
            .sum();
    assertThat(before + threshold.rest()).isEqualTo(wanted);
    assertThat(threshold.rest()).isBetween(0L, Math.max(0, atKey - 1));
  }

  @Test
  void nothingIsSettledAtOnceAndEverythingIsNoThreshold() {
    Bin bin = new Bin(5, 50, 10, 90);
    assertThat(KeyThreshold.within(bin, 0).key()).isEqualTo(10);
    assertThat(KeyThreshold.within(bin, 0).rest()).isZero();
    assertThat(KeyThreshold.within(new Bin(1, 0, 0, 0), 0).rest()).isZero();
    assertThatThrownBy(() -> KeyThreshold.within(bin, 50)).hasMessageContaining("Of 50 tokens 50");
  }

  @Test
  void documentsOfOneKeyAreLeftToBeToldApart() {
    List<Document> twins = List.of(new Document(7, 10), new Document(7, 10), new Document(8, 10));
    assertThat(settle(twins, 9).key()).isEqualTo(7);
    assertThat(settle(twins, 19).rest()).isEqualTo(19);
    assertThat(settle(twins, 21).key()).isEqualTo(8);
  }

  @Test
  void widestRangeIsCutIntoAtMostTheBins() {
    KeyThreshold threshold = KeyThreshold.within(new Bin(2, 2, 0, Long.MAX_VALUE), 1);
    assertThat(Long.MAX_VALUE >> threshold.shift()).isLessThan(KeyThreshold.BINS);
    assertThat(Long.MAX_VALUE >> (threshold.shift() - 1)).isGreaterThanOrEqualTo(KeyThreshold.BINS);
  }

  @Test
  void inputThatChangesBetweenRoundsIsNoticed() {
    KeyThreshold threshold = KeyThreshold.within(new Bin(3, 30, 0, 90), 15);
    assertThatThrownBy(() -> threshold.refine(List.of(new Bin(2, 30, 0, 90))))
        .hasMessageContaining("the input changes while it is read");
    assertThatThrownBy(threshold::key).isInstanceOf(IllegalStateException.class);
  }

  private static Document document(long seed, int number, int scores) {
    long hash = Seeded.hash(seed, "test", "d" + number);
    long tokens = Seeded.index(Seeded.hash(seed, "tokens", "d" + number), 5_000);
    return new Document(
        scores == 0 ? RankKey.unscored(hash) : RankKey.scored(number % scores, hash), tokens);
  }

  private static KeyThreshold settle(List<Document> all, long wanted) {
    KeyThreshold threshold = KeyThreshold.within(bin(all), wanted);
    int rounds = 0;
    while (!threshold.settled()) {
      KeyThreshold range = threshold;
      Map<Long, List<Document>> parts = new TreeMap<>();
      all.stream()
          .filter(document -> document.key() >= range.low() && document.key() <= range.high())
          .forEach(
              document ->
                  parts
                      .computeIfAbsent(
                          (document.key() - range.low()) >> range.shift(), p -> new ArrayList<>())
                      .add(document));
      threshold = threshold.refine(parts.values().stream().map(KeyThresholdTest::bin).toList());
      rounds++;
    }

    assertThat(rounds).isLessThanOrEqualTo(7);
    return threshold;
  }

  private static Bin bin(List<Document> documents) {
    return new Bin(
        documents.size(),
        documents.stream().mapToLong(Document::tokens).sum(),
        documents.stream().mapToLong(Document::key).min().orElseThrow(),
        documents.stream().mapToLong(Document::key).max().orElseThrow());
  }
}
