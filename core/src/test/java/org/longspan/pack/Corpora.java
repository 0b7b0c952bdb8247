package org.longspan.pack;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Slices and edges for tests, made by hand or by chance, and what a layout did with them. */
final class Corpora {
  private Corpora() {}

  /** A slice whose documents are called d00, d01, ... */
  static Slice slice(int... lengths) {
    int[] once = new int[lengths.length];
    Arrays.fill(once, 1);
    return slice(lengths, once);
  }

  static Slice slice(int[] lengths, int[] copies) {
    String[] ids =
        IntStream.range(0, lengths.length).mapToObj("d%02d"::formatted).toArray(String[]::new);
    return new Slice(ids, lengths, copies);
  }

  /** Documents of one token each. */
  static Slice ones(int documents) {
    return slice(IntStream.range(0, documents).map(d -> 1).toArray());
  }

  /** A slice and edges between its documents. */
  record Corpus(Slice slice, Edges edges) {
    @Override
    public String toString() {
      return "lengths %s, copies %s, neighbours %s"
          .formatted(
              Arrays.toString(slice.lengths()),
              Arrays.toString(slice.copies()),
              Arrays.deepToString(edges.neighbours()));
    }
  }

  /** Up to 40 documents of 1 to 30 tokens in up to 4 copies, each with up to 5 neighbours. */
  static Arbitrary<Corpus> any() {
    return Arbitraries.integers().between(1, 40).flatMap(Corpora::ofSize);
  }

  private static Arbitrary<Corpus> ofSize(int documents) {
    Arbitrary<int[]> lengths =
        Arbitraries.integers().between(1, 30).array(int[].class).ofSize(documents);
    Arbitrary<int[]> copies =
        Arbitraries.integers().between(1, 4).array(int[].class).ofSize(documents);
    Arbitrary<int[][]> neighbours =
        Arbitraries.integers()
            .between(0, documents - 1)
            .array(int[].class)
            .ofMaxSize(Math.min(5, documents))
            .uniqueElements()
            .array(int[][].class)
            .ofSize(documents);
    return Combinators.combine(lengths, copies, neighbours)
        .as((l, c, n) -> new Corpus(cutShort(slice(l, c)), edges(n)));
  }

  /** Last copies that end somewhere, some of them at the document's end. */
  private static Slice cutShort(Slice slice) {
    int[] last =
        IntStream.range(0, slice.size())
            .map(d -> 1 + (7 * d + slice.copies()[d]) % slice.lengths()[d])
            .toArray();
    return new Slice(slice.ids(), slice.lengths(), slice.copies(), last);
  }

  /** Edges of falling similarity: 1/2, 1/3, ... */
  static Edges edges(int[]... neighbours) {
    double[][] similarities =
        Arrays.stream(neighbours)
            .map(n -> IntStream.range(0, n.length).mapToDouble(i -> 1.0 / (i + 2)).toArray())
            .toArray(double[][]::new);
    return new Edges(neighbours, similarities);
  }

  static Stream<Item> items(Layout layout) {
    return Stream.concat(
        layout.rows().stream().flatMap(row -> row.items().stream()), layout.rest().stream());
  }

  /** How often each token of each copy is placed, as document/copy/token. */
  static Map<String, Integer> placedTokens(Stream<Item> items) {
    Map<String, Integer> placed = new TreeMap<>();
    items.forEach(
        item ->
            IntStream.range(item.start(), item.end())
                .forEach(
                    token ->
                        placed.merge(
                            "%d/%d/%d".formatted(item.document(), item.copy(), token),
                            1,
                            Integer::sum)));
    return placed;
  }

  /** Every token of every copy once. */
  static Map<String, Integer> allTokens(Slice slice) {
    return placedTokens(
        IntStream.range(0, slice.size())
            .boxed()
            .flatMap(
                d ->
                    IntStream.range(0, slice.copies()[d])
                        .mapToObj(copy -> new Item(d, copy, 0, slice.length(d, copy)))));
  }

  /** Whether two copies of one document stand in the row. */
  static boolean copiesMeet(Layout.Row row) {
    return row.items().stream().map(Item::document).distinct().count()
        < row.items().stream()
            .map(item -> List.of(item.document(), item.copy()))
            .distinct()
            .count();
  }
}
