package org.longspan.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.longspan.pack.Corpora.Corpus;
import org.longspan.pack.NextLong.Placement;

class NextLongTest {
  @Test
  void thePublishedExampleHas107NegativesAChunk() {
    assertThat(NextLong.negatives(131_072, 4.5, 1.5, 8_192, 4, 2_048)).isEqualTo(107);
  }

  @Test
  void theNegativesOfAChunkStandBehindItTheNearestFirst() {
    assertThat(row(Placement.HEAD))
        .containsExactly(
            new Item(0, 0, 0, 2),
            negative(1, 0, 2),
            negative(2, 0, 2),
            new Item(0, 0, 2, 4),
            negative(1, 2, 3),
            negative(2, 2, 3));
  }

  @Test
  void orInFrontOfIt() {
    assertThat(row(Placement.TAIL)).extracting(Item::document).containsExactly(1, 2, 0, 1, 2, 0);
  }

  @Test
  void aMetaDocumentThatCannotBeExtendedIsLeftOver() {
    Edges pair = Corpora.edges(new int[] {1}, new int[] {0});

    Layout layout = packer(10, Placement.HEAD).pack(Corpora.slice(4, 5), pair, 1);

    assertThat(layout.rows()).isEmpty();
    assertThat(layout.rest()).containsExactly(new Item(0, 0, 0, 4), new Item(1, 0, 0, 5));
  }

  @Test
  void neighboursOfNeighboursServeWhereThatManyHopsAreAllowed() {
    Edges chain = Corpora.edges(new int[] {1}, new int[] {2}, new int[0]);
    NextLong oneHop = new NextLong(12, new NextLong.Options(4, 3, Placement.HEAD, 1));
    NextLong twoHops = new NextLong(12, new NextLong.Options(4, 3, Placement.HEAD, 2));

    assertThat(oneHop.pack(Corpora.slice(4, 4, 4), chain, 1).rows()).isEmpty();
    assertThat(twoHops.pack(Corpora.slice(4, 4, 4), chain, 1).rows().get(0).items())
        .extracting(Item::document)
        .containsExactly(0, 1, 2);
  }

  @Test
  void aSafetyBelowOneIsRefused() {
    assertThatThrownBy(() -> new NextLong.Options(8, 0.5, Placement.HEAD, 1))
        .hasMessageContaining("not 8, 0.5 and 1");
  }

  @Property(tries = 200)
  void withoutItsNegativesARowIsOneDocumentWholeAndInOrder(
      @ForAll("corpora") Corpus corpus, @ForAll Placement placement, @ForAll long seed) {
    Layout layout = packer(31, placement).pack(corpus.slice(), corpus.edges(), seed);

    for (Layout.Row row : layout.rows()) {
      List<Item> body = row.items().stream().filter(i -> i.role() == Item.Role.BODY).toList();
      Item first = body.get(0);
      int end = 0;
      for (Item item : body) {
        assertThat(item).isEqualTo(new Item(first.document(), first.copy(), end, item.end()));
        end = item.end();
      }

      assertThat(end).isEqualTo(corpus.slice().length(first.document(), first.copy()));
      assertThat(row.isFull()).isTrue();
    }
  }

  @Property(tries = 100)
  void negativesAreOfNeighboursOfTheMetaDocument(
      @ForAll("corpora") Corpus corpus, @ForAll long seed) {
    for (Layout.Row row :
        packer(31, Placement.HEAD).pack(corpus.slice(), corpus.edges(), seed).rows()) {
      Set<Integer> neighbours = new TreeSet<>();
      IntStream.of(corpus.edges().neighbours()[row.items().get(0).document()])
          .forEach(neighbours::add);

      assertThat(row.items())
          .filteredOn(item -> item.role() == Item.Role.NEGATIVE)
          .extracting(Item::document)
          .isSubsetOf(neighbours);
    }
  }

  @Provide
  Arbitrary<Corpus> corpora() {
    return Corpora.any();
  }

  /** Document 0 in two chunks, between chunks of 1, and then of 2, in a row of 10. */
  private static List<Item> row(Placement placement) {
    Edges edges = Corpora.edges(new int[] {1, 2}, new int[0], new int[0]);

    return packer(10, placement).pack(Corpora.slice(4, 3, 4), edges, 1).rows().get(0).items();
  }

  private static NextLong packer(int sequenceLength, Placement placement) {
    return new NextLong(sequenceLength, new NextLong.Options(2, 3, placement, 1));
  }

  private static Item negative(int document, int start, int end) {
    return new Item(document, 0, start, end, Item.Role.NEGATIVE);
  }
}
