package org.longspan.retrieve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.longspan.relate.UtteranceOverlap;

class DialogueTest {
  private static final UtteranceOverlap PUBLISHED = new UtteranceOverlap(10, 5);

  @TempDir private Path scratch;

  @Test
  void sessionsThatRepeatAnUtteranceAreNoNeighbours() throws IOException {
    List<Edge> edges =
        edges(
            dialogue(2, 1),
            new Candidate("a", "a whale!\nhave you seen it?"),
            new Candidate("b", "no harpoon?\nhave you seen it?"),
            new Candidate("c", "the whale\nit swam"),
            new Candidate("d", "bonds fell"));

    assertThat(edges)
        .extracting(edge -> edge.id() + edge.neighbourId())
        .containsExactlyInAnyOrder("ac", "bc", "ca", "cb");
  }

  @Test
  void neighboursAreDrawnFromTwiceAsManyCandidatesWithTheirSimilarity() throws IOException {
    List<Edge> edges = edges(dialogue(3, 1), sessions());
    Map<String, Edge> candidates =
        edges(new Bm25(6, 10, Bm25.CHARACTERS), sessions()).stream()
            .collect(Collectors.toMap(edge -> edge.id() + edge.neighbourId(), edge -> edge));

    assertThat(edges)
        .hasSize(3 * sessions().length)
        .allSatisfy(
            edge ->
                assertThat(edge.similarity())
                    .isEqualTo(candidates.get(edge.id() + edge.neighbourId()).similarity()))
        .isSortedAccordingTo(Comparator.comparing(Edge::id).thenComparing(Edge::rank));
    assertThat(edges)
        .filteredOn(edge -> edge.id().equals("s07"))
        .extracting(Edge::rank)
        .containsExactly(0, 1, 2);
  }

  /** Ties of BM25 go by doc_id, so the first session is everybody's best candidate. */
  @Test
  void noSessionIsEverybodysNeighbour() throws IOException {
    long byBm25 = neighboursOf("s00", edges(new Bm25(1, 10, Bm25.CHARACTERS), sessions()));
    long drawn = neighboursOf("s00", edges(dialogue(1, 1), sessions()));

    assertThat(byBm25).isEqualTo(39);
    assertThat(drawn).isBetween(10L, 30L);
  }

  @Test
  void theSeedDecidesTheDraws() throws IOException {
    List<Edge> once = edges(dialogue(3, 1), sessions());

    assertThat(edges(dialogue(3, 1), sessions())).isEqualTo(once);
    assertThat(edges(dialogue(3, 2), sessions())).isNotEqualTo(once);
    assertThat(dialogue(3, 1).identity()).isNotEqualTo(dialogue(3, 2).identity());
  }

  @Test
  void whatBm25CannotDoIsRefused() {
    assertThatThrownBy(() -> dialogue(0, 1)).hasMessageContaining("BM25 needs");
  }

  private static long neighboursOf(String id, List<Edge> edges) {
    return edges.stream().filter(edge -> edge.neighbourId().equals(id)).count();
  }

  private static Dialogue dialogue(int neighbours, long seed) {
    return new Dialogue(neighbours, 10, Bm25.CHARACTERS, PUBLISHED, seed);
  }

  /** Sessions that share one word and repeat no utterance. */
  private static Candidate[] sessions() {
    return IntStream.range(0, 40)
        .mapToObj(s -> new Candidate("s%02d".formatted(s), "whale x%02d\nyes".formatted(s)))
        .toArray(Candidate[]::new);
  }

  private List<Edge> edges(Retriever retriever, Candidate... documents) throws IOException {
    List<Edge> edges = new ArrayList<>();
    try (EdgeStream stream =
        retriever.relate(
            List.of(documents).iterator(), Files.createTempDirectory(scratch, "slice"))) {
      stream.forEachRemaining(edges::add);
    }

    return edges;
  }
}
