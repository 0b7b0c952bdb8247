package org.longspan.pack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DocumentGraphTest {
  private static final Slice SLICE = Corpora.ones(3);

  @Test
  void loopsAndDoubleEdgesAndDocumentsOfAnotherRoundAreNoNeighbours() {
    Edges edges = Corpora.edges(new int[] {0, 2, 1, 2}, new int[] {0}, new int[0]);

    DocumentGraph all = DocumentGraph.of(SLICE, edges, SLICE.items());
    DocumentGraph firstAndLast =
        DocumentGraph.of(SLICE, edges, List.of(new Item(0, 0, 0, 1), new Item(2, 0, 0, 1)));

    assertThat(all.neighbours(0)).containsExactly(2, 1);
    assertThat(all.similarities(0)).containsExactly(1 / 3.0, 1 / 4.0);
    assertThat(firstAndLast.neighbours(0)).containsExactly(1);
    assertThat(firstAndLast.item(1).document()).isEqualTo(2);
  }

  @Test
  void ofTwoDirectionsTheStrongerCounts() {
    Edges edges =
        new Edges(new int[][] {{1, 2}, {0}, {0}}, new double[][] {{0.5, 0.4}, {0.3}, {0.9}});

    DocumentGraph symmetric = DocumentGraph.of(SLICE, edges, SLICE.items()).symmetric();

    assertThat(symmetric.links())
        .containsExactly(new DocumentGraph.Link(0, 2, 0.9), new DocumentGraph.Link(0, 1, 0.5));
    assertThat(symmetric.neighbours(0)).containsExactly(2, 1);
    assertThat(symmetric.neighbours(1)).containsExactly(0);
    assertThat(symmetric.similarities(2)).containsExactly(0.9);
  }

  @Test
  void aRowIsAsRelatedAsItsDocumentsAreToThoseBeforeThem() {
    Edges edges = new Edges(new int[][] {{}, {0}, {}}, new double[][] {{}, {0.8}, {}});
    DocumentGraph graph = DocumentGraph.of(SLICE, edges, SLICE.items());

    // 1 by its edge to 0, 2 by none.
    assertThat(graph.row(List.of(graph.item(0), graph.item(2), graph.item(1)), 3).relatedness())
        .isEqualTo(0.4);
    assertThat(graph.row(List.of(graph.item(1), graph.item(0)), 3).relatedness()).isEqualTo(0.8);
    assertThat(graph.row(List.of(graph.item(2)), 3).relatedness()).isEqualTo(1);
  }
}
