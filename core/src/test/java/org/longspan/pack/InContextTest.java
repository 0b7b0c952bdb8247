package org.longspan.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.longspan.pack.Corpora.Corpus;
import org.longspan.pack.InContext.Mode;

class InContextTest {
  /** Two triangles, 0 1 2 and 3 4 5, and a weak edge between 2 and 3. */
  private static final Edges TWO_CLIQUES =
      new Edges(
          new int[][] {{1, 2}, {2}, {3}, {4, 5}, {5}, {}},
          new double[][] {{0.9, 0.8}, {0.7}, {0.1}, {0.9, 0.8}, {0.7}, {}});

  @Test
  void theWalkFinishesACliqueBeforeTheNext() {
    for (long seed = 0; seed < 20; seed++) {
      List<Integer> path = path(TWO_CLIQUES, Mode.PAPER, seed);

      assertThat(List.of(List.of(0, 1, 2), List.of(3, 4, 5)))
          .contains(path.subList(0, 3).stream().sorted().toList());
    }
  }

  @Test
  void theWalkStartsWhereFewestEdgesAreAndFollowsTheStrongest() {
    // A star around 0 with a tail: only 4 has one edge, to 3.
    Edges edges =
        new Edges(
            new int[][] {{1, 2, 3}, {2}, {}, {4}, {}},
            new double[][] {{0.9, 0.5, 0.2}, {0.8}, {}, {0.6}, {}});

    assertThat(path(edges, Mode.PAPER, 1)).containsExactly(4, 3, 0, 1, 2);
  }

  @Test
  void anEdgeCountsInBothDirections() {
    Edges found = new Edges(new int[][] {{}, {0}}, new double[][] {{}, {0.4}});

    assertThat(pack(found, Mode.PAPER, 3, 2).rows().get(0).relatedness())
        .isCloseTo(0.4, within(1e-12));
  }

  @Test
  void theCodeDissolvesSmallClustersIntoThoseOfTheirNeighbours() {
    // 0 1 2 fill a cluster; 3, which begins the next, belongs to 1.
    DocumentGraph graph = graph(new int[] {1, 2}, new int[] {2, 0}, new int[0], new int[] {1});

    assertThat(NeighbourChains.path(graph, new int[] {0, 1, 2, 3}, 3)).containsExactly(0, 3, 1, 2);
  }

  @Test
  void aDocumentWhoseNeighboursAreAllInItsOwnClusterStays() {
    DocumentGraph graph = graph(new int[] {1}, new int[] {0}, new int[0]);

    assertThat(NeighbourChains.path(graph, new int[] {2, 0, 1}, 3)).containsExactly(2, 0, 1);
  }

  @Test
  void aClusterOfNoDocumentIsRefused() {
    assertThatThrownBy(() -> new InContext.Options(Mode.CODE, 0)).hasMessageContaining("not 0");
  }

  @Property(tries = 100)
  void thePathIsAPermutationFromAnyDocumentOfMinimumDegree(
      @ForAll("corpora") Corpus corpus, @ForAll long seed) {
    Slice ones = Corpora.ones(corpus.slice().size());
    DocumentGraph graph = DocumentGraph.of(ones, corpus.edges(), ones.items()).symmetric();

    List<Integer> path =
        documents(new InContext(2, InContext.Options.PUBLISHED).pack(ones, corpus.edges(), seed));

    assertThat(path).doesNotHaveDuplicates().hasSize(ones.size());
    assertThat(graph.neighbours(path.get(0)).length)
        .isEqualTo(path.stream().mapToInt(d -> graph.neighbours(d).length).min().orElseThrow());
  }

  @Property(tries = 100)
  void theClustersOfTheCodeHoldEveryDocumentOnce(
      @ForAll("corpora") Corpus corpus, @ForAll long seed) {
    Slice ones = Corpora.ones(corpus.slice().size());
    InContext packer = new InContext(2, new InContext.Options(Mode.CODE, 4));

    assertThat(documents(packer.pack(ones, corpus.edges(), seed)))
        .doesNotHaveDuplicates()
        .hasSize(ones.size());
  }

  @Provide
  Arbitrary<Corpus> corpora() {
    return Corpora.any();
  }

  private static List<Integer> path(Edges edges, Mode mode, long seed) {
    return documents(pack(edges, mode, seed, edges.size()));
  }

  private static Layout pack(Edges edges, Mode mode, long seed, int sequenceLength) {
    return new InContext(sequenceLength, new InContext.Options(mode, 21))
        .pack(Corpora.ones(edges.size()), edges, seed);
  }

  private static DocumentGraph graph(int[]... neighbours) {
    Slice ones = Corpora.ones(neighbours.length);
    return DocumentGraph.of(ones, Corpora.edges(neighbours), ones.items());
  }

  private static List<Integer> documents(Layout layout) {
    Stream<Item> items = Corpora.items(layout);
    return items.map(Item::document).toList();
  }
}
