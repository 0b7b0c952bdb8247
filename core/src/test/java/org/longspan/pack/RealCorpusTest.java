package org.longspan.pack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every packer on the development corpus: the lengths of its 11,436 documents in tokens of the
 * starter tokenizer, and the six nearest neighbours of each by BM25. Every fifth document has two
 * copies, and the second of them ends early.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealCorpusTest {
  private static final int LENGTH = 32_768;
  private static final long SEED = 11;

  private final Map<String, Domain> domains = new TreeMap<>();

  private record Domain(Slice slice, Edges edges) {}

  @BeforeAll
  void readCorpus() throws IOException {
    List<String> lengths = lines("/corpus-lengths.csv.gz").subList(1, 11_437);
    List<String> neighbours = lines("/corpus-neighbours.txt.gz");
    assertThat(neighbours).hasSameSizeAs(lengths);

    int first = 0;
    for (int next = 1; next <= lengths.size(); next++) {
      if (next == lengths.size() || !domain(lengths, next).equals(domain(lengths, first))) {
        domains.put(
            domain(lengths, first),
            new Domain(
                slice(lengths.subList(first, next)), edges(neighbours.subList(first, next))));
        first = next;
      }
    }
  }

  static Stream<String> packers() {
    return Packers.names().stream();
  }

  @ParameterizedTest
  @MethodSource("packers")
  void everyTokenOfEveryCopyHasOnePlaceOrAReason(String name) {
    Packer packer = Packers.named(name, PackerParameters.of(LENGTH));

    domains.forEach(
        (domain, documents) -> {
          Layout layout = packer.pack(documents.slice(), documents.edges(), SEED);
          Stream<Item> dropped = layout.drops().stream().map(Layout.Drop::item);
          Map<List<Integer>, List<Item>> pieces =
              Stream.concat(
                      Stream.concat(
                          layout.rows().stream().flatMap(row -> row.items().stream()),
                          layout.rest().stream()),
                      dropped)
                  .collect(Collectors.groupingBy(item -> List.of(item.document(), item.copy())));

          assertThat(pieces).as(domain).hasSize(Arrays.stream(documents.slice().copies()).sum());
          pieces.forEach(
              (copy, items) -> assertWhole(packer, documents.slice(), copy, items, domain));
        });
  }

  @ParameterizedTest
  @MethodSource("packers")
  void noRowIsLongerThanItsRoomOrHoldsADocumentTwice(String name) {
    Packer packer = Packers.named(name, PackerParameters.of(LENGTH));

    domains.forEach(
        (domain, documents) ->
            assertThat(packer.pack(documents.slice(), documents.edges(), SEED).rows())
                .as(domain)
                .allSatisfy(
                    row -> {
                      assertThat(row.items().stream().mapToInt(i -> i.end() - i.start()).sum())
                          .isLessThanOrEqualTo(row.room());
                      assertThat(Corpora.copiesMeet(row)).isFalse();
                    }));
  }

  private static void assertWhole(
      Packer packer, Slice slice, List<Integer> copy, List<Item> items, String domain) {
    items.sort((a, b) -> Integer.compare(a.start(), b.start()));
    int end = 0;
    for (Item item : items) {
      // A gap is a lost token; a step back is a token that stands twice.
      if (packer.repeats() == Packer.Repeats.NONE) {
        assertThat(item.start()).as("%s %s", domain, copy).isEqualTo(end);
      } else {
        assertThat(item.start()).as("%s %s", domain, copy).isLessThanOrEqualTo(end);
      }

      end = Math.max(end, item.end());
    }

    assertThat(end).as("%s %s", domain, copy).isEqualTo(slice.length(copy.get(0), copy.get(1)));
  }

  private static Slice slice(List<String> lines) {
    int[] lengths = lines.stream().mapToInt(line -> Integer.parseInt(line.split(",")[1])).toArray();
    return new Slice(
        IntStream.range(0, lengths.length).mapToObj("%05d"::formatted).toArray(String[]::new),
        lengths,
        IntStream.range(0, lengths.length).map(d -> d % 5 == 0 ? 2 : 1).toArray(),
        IntStream.range(0, lengths.length)
            .map(d -> d % 5 == 0 ? (lengths[d] + 1) / 2 : lengths[d])
            .toArray());
  }

  /** Each line has the distances from a document to its neighbours in the file. */
  private static Edges edges(List<String> lines) {
    int[][] neighbours = new int[lines.size()][];
    double[][] similarities = new double[lines.size()][];
    for (int d = 0; d < neighbours.length; d++) {
      int document = d;
      neighbours[d] =
          Arrays.stream(lines.get(d).split(" "))
              .filter(distance -> !distance.isEmpty())
              .mapToInt(distance -> document + Integer.parseInt(distance))
              .toArray();
      similarities[d] =
          IntStream.range(0, neighbours[d].length).mapToDouble(rank -> 1.0 / (rank + 1)).toArray();
    }

    return new Edges(neighbours, similarities);
  }

  private static String domain(List<String> lines, int line) {
    return lines.get(line).split(",")[0];
  }

  private static List<String> lines(String resource) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(RealCorpusTest.class.getResourceAsStream(resource)), UTF_8))) {
      return new ArrayList<>(reader.lines().toList());
    }
  }
}
