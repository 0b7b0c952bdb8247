package org.longspan.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.longspan.pack.Corpora.Corpus;

class BestFitTest {
  @Test
  void theExampleOfThePaper() {
    Layout layout = new BestFit(8).pack(Corpora.slice(14, 7, 5, 2, 3), Edges.none(5), 0);

    assertThat(layout.rows())
        .extracting(row -> row.items().stream().map(Item::length).toList())
        .containsExactly(List.of(8), List.of(7), List.of(6, 2), List.of(5, 3));
    assertThat(layout.rows())
        .extracting(Layout.Row::relatedness)
        .containsExactly(1.0, 1.0, 0.0, 0.0);
    assertThat(layout.rest()).isEmpty();
  }

  @Test
  void copiesKeepApartWhereThereAreOtherRows() {
    Layout layout =
        new BestFit(10)
            .pack(Corpora.slice(new int[] {3, 6, 5}, new int[] {2, 1, 1}), Edges.none(3), 0);

    assertThat(layout.rows()).hasSize(2).noneMatch(Corpora::copiesMeet);
  }

  @Test
  void copiesNeverMeetEvenIfThatOpensRows() {
    Layout few =
        new BestFit(10).pack(Corpora.slice(new int[] {4, 3}, new int[] {2, 4}), Edges.none(2), 0);
    Layout many =
        new BestFit(100).pack(Corpora.slice(new int[] {5}, new int[] {20}), Edges.none(1), 0);

    assertThat(few.rows()).hasSize(4).noneMatch(Corpora::copiesMeet);
    assertThat(many.rows()).hasSize(20);
  }

  @Test
  void lengthsAboveTheCapacityAreRefused() {
    assertThatThrownBy(() -> BestFit.bins(new int[] {3, 9}, 8))
        .hasMessage("A length to pack must be from 1 to 8, not 9.");
  }

  @Property(tries = 300)
  void asManyBinsAsExactBestFitDecreasing(
      @ForAll @Size(max = 200) List<@IntRange(min = 1, max = 100) Integer> lengths) {
    int[] packed = lengths.stream().mapToInt(Integer::intValue).toArray();

    int[] bins = BestFit.bins(packed, 100);

    assertThat(Arrays.stream(bins).max().orElse(-1) + 1).isEqualTo(naiveBins(lengths, 100));
    int[] filled = new int[lengths.size()];
    IntStream.range(0, packed.length).forEach(item -> filled[bins[item]] += packed[item]);
    assertThat(Arrays.stream(filled)).allMatch(tokens -> tokens <= 100);
  }

  @Property(tries = 50)
  void bestFitHoldsAtCapacitiesOfSeveralLevels(
      @ForAll @Size(max = 60) List<@IntRange(min = 1, max = 300_000) Integer> lengths) {
    int[] packed = lengths.stream().mapToInt(Integer::intValue).toArray();

    assertThat(Arrays.stream(BestFit.bins(packed, 300_000)).max().orElse(-1) + 1)
        .isEqualTo(naiveBins(lengths, 300_000));
  }

  @Property(tries = 200)
  void everyTokenOfEveryCopyIsPlacedOnce(
      @ForAll("corpora") Corpus corpus, @ForAll @IntRange(min = 1, max = 50) int length) {
    Layout layout = new BestFit(length).pack(corpus.slice(), corpus.edges(), 0);

    assertThat(Corpora.placedTokens(Corpora.items(layout)))
        .isEqualTo(Corpora.allTokens(corpus.slice()));
    assertThat(layout.rows())
        .allMatch(row -> row.length() <= length)
        .noneMatch(Corpora::copiesMeet);
  }

  @Property(tries = 200)
  void allRowsButOneForEachCopyAreHalfFullOnAverage(
      @ForAll("corpora") Corpus corpus, @ForAll @IntRange(min = 1, max = 50) int length) {
    Layout layout = new BestFit(length).pack(corpus.slice(), corpus.edges(), 0);

    // A row is opened only for what fits nowhere else than beside its own copies, 4 at most.
    long tokens = Corpora.items(layout).mapToLong(Item::length).sum();
    assertThat((long) layout.rows().size() * length).isLessThan(2 * tokens + 5L * length);
  }

  @Property(tries = 100)
  void theRestOfSpliceIsPackedWhole(
      @ForAll("corpora") Corpus corpus, @ForAll @IntRange(min = 1, max = 50) int length) {
    Layout walked =
        new Splice(length, new Splice.Options(1, Splice.Order.SHUFFLE))
            .pack(corpus.slice(), corpus.edges(), 1);

    Layout packed = new BestFit(length).pack(walked.rest());

    assertThat(Corpora.placedTokens(Corpora.items(packed)))
        .isEqualTo(Corpora.placedTokens(walked.rest().stream()));
  }

  @Provide
  Arbitrary<Corpus> corpora() {
    return Corpora.any();
  }

  /** Best-fit-decreasing by trying every bin. */
  private static int naiveBins(List<Integer> lengths, int capacity) {
    List<Integer> rooms = new ArrayList<>();
    for (int length : lengths.stream().sorted(Comparator.reverseOrder()).toList()) {
      int best =
          IntStream.range(0, rooms.size())
              .filter(bin -> rooms.get(bin) >= length)
              .boxed()
              .min(Comparator.comparing(rooms::get))
              .orElse(-1);
      if (best < 0) {
        rooms.add(capacity - length);
      } else {
        rooms.set(best, rooms.get(best) - length);
      }
    }

    return rooms.size();
  }
}
