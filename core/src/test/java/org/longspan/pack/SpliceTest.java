package org.longspan.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.longspan.pack.Corpora.Corpus;
import org.longspan.pack.Splice.Order;

class SpliceTest {
  /** On a ring every document's nearest neighbour is the one after it: any root begins a chain. */
  @Test
  void oneNeighbourADocumentMakesAChain() {
    Slice slice = Corpora.slice(3, 3, 3, 3, 3, 3);
    Edges ring =
        Corpora.edges(
            new int[] {1, 2},
            new int[] {2, 3},
            new int[] {3, 4},
            new int[] {4, 5},
            new int[] {5, 0},
            new int[] {0, 1});

    Layout.Row row =
        new Splice(18, new Splice.Options(1, Order.IDENTITY)).pack(slice, ring, 7).rows().get(0);

    int root = row.items().get(0).document();
    assertThat(row.items())
        .extracting(Item::document)
        .containsExactly(
            IntStream.range(0, 6).mapToObj(i -> (root + i) % 6).toArray(Integer[]::new));
    assertThat(row.relatedness()).isEqualTo(0.5);
  }

  /**
   * The greedy chain skips what is used: 0 wants 1, 1 wants 0 again and takes 2, 2 wants 0, 1 and
   * takes 3.
   */
  @Test
  void usedNeighboursAreSkipped() {
    Edges edges =
        Corpora.edges(
            new int[] {1, 2, 3}, new int[] {0, 2, 3}, new int[] {0, 1, 3}, new int[] {0, 1, 2});

    for (long seed = 0; seed < 20; seed++) {
      List<Integer> chain =
          documents(
              new Splice(4, new Splice.Options(1, Order.IDENTITY))
                  .pack(Corpora.slice(1, 1, 1, 1), edges, seed)
                  .rows()
                  .get(0));

      assertThat(chain).isEqualTo(greedyChain(edges, chain.get(0)));
    }
  }

  @Test
  void moreNeighboursADocumentAreTakenLevelByLevel() {
    Edges tree =
        Corpora.edges(
            new int[] {1, 2},
            new int[] {3, 4},
            new int[] {5, 6},
            new int[0],
            new int[0],
            new int[0],
            new int[0]);
    Slice slice = Corpora.slice(1, 1, 1, 1, 1, 1, 1);

    Layout.Row rowFromTop =
        rowBeginningWith(0, new Splice(7, new Splice.Options(2, Order.IDENTITY)), slice, tree);

    assertThat(documents(rowFromTop)).containsExactly(0, 1, 2, 3, 4, 5, 6);
    assertThat(rowFromTop.relatedness()).isCloseTo((0.5 + 1.0 / 3) / 2, within(1e-12));
  }

  @Test
  void aJoinWithoutAnEdgeCountsNothing() {
    Edges pairs = Corpora.edges(new int[] {1}, new int[] {0}, new int[] {3}, new int[] {2});

    Layout layout =
        new Splice(4, new Splice.Options(1, Order.IDENTITY))
            .pack(Corpora.slice(1, 1, 1, 1), pairs, 5);

    // Three joins: by an edge, by chance, by an edge.
    assertThat(layout.rows()).hasSize(1);
    assertThat(layout.rows().get(0).relatedness()).isCloseTo(1.0 / 3, within(1e-12));
  }

  @Test
  void theTailOfTheCutDocumentIsLeftOver() {
    Edges pair = Corpora.edges(new int[] {1}, new int[] {0});

    Layout layout =
        new Splice(8, new Splice.Options(1, Order.IDENTITY)).pack(Corpora.slice(5, 5), pair, 1);

    int last = layout.rows().get(0).items().get(1).document();
    assertThat(layout.rows().get(0).items())
        .containsExactly(new Item(1 - last, 0, 0, 5), new Item(last, 0, 0, 3));
    assertThat(layout.rest()).containsExactly(new Item(last, 0, 3, 5));
  }

  @Test
  void documentsThatFillNoRowAreLeftOverWhole() {
    Layout layout =
        new Splice(10, new Splice.Options(1, Order.IDENTITY))
            .pack(Corpora.slice(4, 5), Edges.none(2), 1);

    assertThat(layout.rows()).isEmpty();
    assertThat(layout.rest()).containsExactly(new Item(0, 0, 0, 4), new Item(1, 0, 0, 5));
  }

  @Test
  void longDocumentsHaveRowsOfTheirOwnAndOnlyTheirLastPieceWalks() {
    Edges pair = Corpora.edges(new int[] {1}, new int[] {0});

    Layout layout =
        new Splice(10, new Splice.Options(1, Order.IDENTITY)).pack(Corpora.slice(27, 3), pair, 1);

    assertThat(layout.rows().subList(0, 2))
        .containsExactly(
            new Layout.Row(List.of(new Item(0, 0, 0, 10)), 1, 10),
            new Layout.Row(List.of(new Item(0, 0, 10, 20)), 1, 10));
    assertThat(layout.rows().get(2).items())
        .containsExactlyInAnyOrder(new Item(0, 0, 20, 27), new Item(1, 0, 0, 3));
  }

  @Test
  void shufflingChangesTheOrderButNotTheWalk() {
    int[] ones = new int[12];
    Arrays.fill(ones, 1);
    Edges chain =
        Corpora.edges(
            IntStream.range(0, 12).mapToObj(d -> new int[] {(d + 1) % 12}).toArray(int[][]::new));

    Layout.Row asFound =
        new Splice(12, new Splice.Options(1, Order.IDENTITY))
            .pack(Corpora.slice(ones), chain, 3)
            .rows()
            .get(0);
    Layout.Row shuffled =
        new Splice(12, new Splice.Options(1, Order.SHUFFLE))
            .pack(Corpora.slice(ones), chain, 3)
            .rows()
            .get(0);

    assertThat(documents(shuffled)).containsExactlyInAnyOrderElementsOf(documents(asFound));
    assertThat(documents(shuffled)).isNotEqualTo(documents(asFound));
  }

  @Test
  void theReverseOrderEndsWithTheRoot() {
    Edges ring = Corpora.edges(new int[] {1}, new int[] {2}, new int[] {0});
    Slice slice = Corpora.slice(2, 2, 2);

    Layout.Row asFound = new Splice(6, options(Order.IDENTITY)).pack(slice, ring, 3).rows().get(0);
    Layout.Row reversed = new Splice(6, options(Order.REVERSE)).pack(slice, ring, 3).rows().get(0);

    List<Integer> expected = new ArrayList<>(documents(asFound));
    Collections.reverse(expected);
    assertThat(documents(reversed)).isEqualTo(expected);
  }

  @Test
  void noiseTakesADocumentByChanceForThatShareOfNeighbours() {
    int documents = 2000;
    Edges ring =
        Corpora.edges(
            IntStream.range(0, documents)
                .mapToObj(d -> new int[] {(d + 1) % documents})
                .toArray(int[][]::new));

    // Each join by an edge counts 1/2, so noise takes away twice its share of that.
    assertThat(meanRelatedness(ring, 0)).isGreaterThan(0.45);
    assertThat(meanRelatedness(ring, 0.4)).isBetween(0.2, 0.35);
    assertThat(meanRelatedness(ring, 1)).isZero();
    assertThatThrownBy(() -> options(Order.IDENTITY).withNoise(1.2)).hasMessageContaining("1.2");
  }

  private static double meanRelatedness(Edges edges, double noise) {
    String[] ids =
        IntStream.range(0, edges.size()).mapToObj("d%06d"::formatted).toArray(String[]::new);
    int[] ones = IntStream.range(0, edges.size()).map(d -> 1).toArray();
    return new Splice(100, options(Order.IDENTITY).withNoise(noise))
        .pack(new Slice(ids, ones, ones), edges, 1).rows().stream()
            .mapToDouble(Layout.Row::relatedness)
            .average()
            .orElseThrow();
  }

  private static Splice.Options options(Order order) {
    return new Splice.Options(1, order);
  }

  @Test
  void anotherSeedDrawsOtherRoots() {
    Slice slice = Corpora.slice(2, 2, 2, 2, 2, 2, 2, 2);

    assertThat(
            IntStream.range(0, 30)
                .mapToObj(seed -> documents(pack(slice, seed).rows().get(0)).get(0)))
        .contains(0, 1, 2, 3, 4, 5, 6, 7);
  }

  @Test
  void edgesOfAnotherSliceAreRefused() {
    assertThatThrownBy(() -> pack(Corpora.slice(1, 1), Edges.none(3)))
        .hasMessage("The slice has 2 documents but there are edges of 3.");
  }

  @Property(tries = 300)
  void everyTokenOfEveryCopyIsPlacedOnce(
      @ForAll("corpora") Corpus corpus,
      @ForAll @IntRange(min = 1, max = 50) int length,
      @ForAll @IntRange(min = 1, max = 3) int branching,
      @ForAll Order order,
      @ForAll long seed) {
    Layout layout =
        new Splice(length, new Splice.Options(branching, order))
            .pack(corpus.slice(), corpus.edges(), seed);

    assertThat(Corpora.placedTokens(Corpora.items(layout)))
        .isEqualTo(Corpora.allTokens(corpus.slice()));
  }

  @Property(tries = 300)
  void rowsAreFullRelatedBetween0And1AndCopiesNeverMeet(
      @ForAll("corpora") Corpus corpus,
      @ForAll @IntRange(min = 1, max = 50) int length,
      @ForAll @IntRange(min = 1, max = 3) int branching,
      @ForAll Order order,
      @ForAll long seed) {
    Layout layout =
        new Splice(length, new Splice.Options(branching, order))
            .pack(corpus.slice(), corpus.edges(), seed);

    assertThat(layout.rows())
        .allSatisfy(
            row -> {
              assertThat(row.length()).isEqualTo(length);
              assertThat(row.relatedness()).isBetween(0.0, 1.0);
              assertThat(Corpora.copiesMeet(row)).isFalse();
            });
  }

  @Property(tries = 100)
  void theRestOfARoundIsWhatNoRowCouldHold(
      @ForAll("corpora") Corpus corpus, @ForAll @IntRange(min = 1, max = 50) int length) {
    Layout layout =
        new Splice(length, new Splice.Options(1, Order.IDENTITY))
            .pack(corpus.slice(), corpus.edges(), 1);

    // Besides one tail a row, a round leaves fewer than L tokens of documents that no row began.
    int rounds = Arrays.stream(corpus.slice().copies()).max().orElseThrow();
    long rest = layout.rest().stream().mapToLong(Item::length).sum();
    assertThat(rest).isLessThan((long) length * (rounds + layout.rows().size()));
  }

  @Property(tries = 100)
  void theSameArgumentsGiveTheSameLayout(
      @ForAll("corpora") Corpus corpus, @ForAll Order order, @ForAll long seed) {
    assertThat(
            new Splice(40, new Splice.Options(2, order)).pack(corpus.slice(), corpus.edges(), seed))
        .isEqualTo(
            new Splice(40, new Splice.Options(2, order))
                .pack(corpus.slice(), corpus.edges(), seed));
  }

  @Provide
  Arbitrary<Corpus> corpora() {
    return Corpora.any();
  }

  private static Layout pack(Slice slice, long seed) {
    return new Splice(16, new Splice.Options(1, Order.IDENTITY))
        .pack(slice, Edges.none(slice.size()), seed);
  }

  private static Layout pack(Slice slice, Edges edges) {
    return new Splice(16, new Splice.Options(1, Order.IDENTITY)).pack(slice, edges, 1);
  }

  private static List<Integer> documents(Layout.Row row) {
    return row.items().stream().map(Item::document).toList();
  }

  /** The first row of the first seed whose root is {@code root}. */
  private static Layout.Row rowBeginningWith(int root, Splice splice, Slice slice, Edges edges) {
    return IntStream.range(0, 1000)
        .mapToObj(seed -> splice.pack(slice, edges, seed).rows().get(0))
        .filter(row -> row.items().get(0).document() == root)
        .findFirst()
        .orElseThrow();
  }

  private static List<Integer> greedyChain(Edges edges, int root) {
    LinkedHashSet<Integer> chain = new LinkedHashSet<>(List.of(root));
    int last = root;
    while (chain.size() < edges.size()) {
      last =
          Arrays.stream(edges.neighbours()[last])
              .filter(neighbour -> !chain.contains(neighbour))
              .findFirst()
              .orElseThrow();
      chain.add(last);
    }

    return List.copyOf(chain);
  }
}
