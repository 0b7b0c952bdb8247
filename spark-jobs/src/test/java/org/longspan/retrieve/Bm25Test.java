package org.longspan.retrieve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Bm25Test {
  private static final Bm25 BM25 = new Bm25(3, 10, Bm25.CHARACTERS);

  @TempDir private Path scratch;

  @Test
  void theDocumentThatSharesRareTermsComesFirst() throws IOException {
    List<Edge> edges =
        edges(
            BM25,
            new Candidate("a", "The whale swam under the ship and the harpoon flew"),
            new Candidate("b", "The ship sailed and the crew slept"),
            new Candidate("c", "A harpoon is thrown at a whale from a ship"),
            new Candidate("d", "Rates of interest rose and the bank was closed"));

    assertThat(edges)
        .filteredOn(edge -> edge.id().equals("a"))
        .extracting(Edge::neighbourId)
        .startsWith("c", "b");
  }

  @Test
  void aDocumentIsNeverItsOwnNeighbourAndRanksCountFrom0() throws IOException {
    List<Edge> edges = edges(BM25, corpus(50));

    assertThat(edges).noneMatch(edge -> edge.id().equals(edge.neighbourId()));
    assertThat(edges)
        .filteredOn(edge -> edge.id().equals("d07"))
        .extracting(Edge::rank)
        .containsExactly(0, 1, 2);
    assertThat(edges)
        .allSatisfy(edge -> assertThat(edge.similarity()).isPositive().isLessThanOrEqualTo(1));
  }

  @Test
  void theSameTextTwiceHasSimilarityOneAndTiesGoByDocId() throws IOException {
    List<Edge> edges =
        edges(
            BM25,
            new Candidate("a", "one whale"),
            new Candidate("b", "one whale"),
            new Candidate("c", "one whale"),
            new Candidate("d", "two banks"));

    assertThat(edges)
        .containsExactly(
            new Edge("a", "b", 0, 1),
            new Edge("a", "c", 1, 1),
            new Edge("b", "a", 0, 1),
            new Edge("b", "c", 1, 1),
            new Edge("c", "a", 0, 1),
            new Edge("c", "b", 1, 1));
  }

  /**
   * Worked by hand: three documents of two terms each, so every length is the mean and a term of
   * frequency 1 adds idf / (1 + k1). Document a asks for x (in a and b) and y (in all three).
   */
  @Test
  void similarityIsTheShareOfTheDocumentsOwnScore() throws IOException {
    List<Edge> edges =
        edges(
            BM25, new Candidate("a", "x y"), new Candidate("b", "x y"), new Candidate("c", "y z"));

    double idfOfX = Math.log(1 + 1.5 / 2.5);
    double idfOfY = Math.log(1 + 0.5 / 3.5);
    assertThat(edges.get(1).neighbourId()).isEqualTo("c");
    assertThat(edges.get(1).similarity()).isCloseTo(idfOfY / (idfOfX + idfOfY), within(1e-6));
  }

  @Test
  void identifiersMeetTheirWords() throws IOException {
    List<Edge> edges =
        edges(
            BM25,
            new Candidate("a", "int parseHttp_body(char *buffer);"),
            new Candidate("b", "Parse the body of an HTTP answer"),
            new Candidate("c", "void close(int handle);"));

    assertThat(edges.get(0))
        .matches(edge -> edge.id().equals("a") && edge.neighbourId().equals("b"));
  }

  @Test
  void aFewTermsOfTheQueryAreTheRareOnes() throws IOException {
    String stopWords = "the of and to in ".repeat(200);
    List<Edge> edges =
        edges(
            new Bm25(1, 1, Bm25.CHARACTERS),
            new Candidate("a", stopWords + "harpoon"),
            new Candidate("b", stopWords),
            new Candidate("c", "the of and to in harpoon"),
            new Candidate("d", "the of and to in"),
            new Candidate("e", "in to and of the"));

    assertThat(edges.get(0).neighbourId()).isEqualTo("c");
  }

  @Test
  void documentsWithoutASharedTermOrWithoutAnyTermHaveNoEdges() throws IOException {
    assertThat(
            edges(BM25, new Candidate("a", "x"), new Candidate("b", "y"), new Candidate("c", "")))
        .isEmpty();
    assertThat(edges(BM25)).isEmpty();
  }

  @Test
  void ofAVeryLongTextExcerptsFromBeginToEndAreRead() {
    String text = "0123456789".repeat(1000);

    List<String> excerpts = Excerpts.of(text, 640);

    assertThat(excerpts).hasSize(64).allMatch(excerpt -> excerpt.length() == 10);
    assertThat(text).startsWith(excerpts.get(0)).endsWith(excerpts.get(63));
    assertThat(Excerpts.of(text, 10_000)).containsExactly(text);
  }

  @Test
  void theEndOfAVeryLongTextIsFound() throws IOException {
    String filler = "lorem ipsum dolor ".repeat(10_000);
    List<Edge> edges =
        edges(
            new Bm25(1, 10, 64_000),
            new Candidate("a", filler + "harpoon ".repeat(200)),
            new Candidate("b", "harpoon"));

    assertThat(edges.get(0))
        .matches(edge -> edge.id().equals("a") && edge.neighbourId().equals("b"));
  }

  @Test
  void parametersOutOfRangeAreRefused() {
    assertThatThrownBy(() -> new Bm25(0, 10, 10_000)).hasMessageContaining("not 0, 10 and 10000");
    assertThatThrownBy(() -> Retrievers.named("bm52", new RetrieverParameters(1, 1)))
        .hasMessage(
            "There is no retriever \"bm52\"; choose one of [bm25, dense, dialogue, hybrid, keyword, metadata, none, repository].");
  }

  private List<Edge> edges(Bm25 bm25, Candidate... candidates) throws IOException {
    List<Edge> edges = new ArrayList<>();
    try (EdgeStream stream =
        bm25.relate(List.of(candidates).iterator(), Files.createTempDirectory(scratch, "index"))) {
      stream.forEachRemaining(edges::add);
    }

    return edges;
  }

  private static Candidate[] corpus(int documents) {
    SplittableRandom random = new SplittableRandom(3);
    return IntStream.range(0, documents)
        .mapToObj(
            d ->
                new Candidate(
                    "d%02d".formatted(d),
                    IntStream.range(0, 30)
                        .mapToObj(i -> "w" + random.nextInt(60))
                        .collect(Collectors.joining(" "))))
        .toArray(Candidate[]::new);
  }
}
