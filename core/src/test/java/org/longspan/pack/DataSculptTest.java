package org.longspan.pack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.longspan.pack.Corpora.Corpus;

class DataSculptTest {
  @Test
  void aDocumentGoesWhereSimilarityTimesRoomIsGreatest() {
    // 0 opens a window of 10, 1 the empty one (1 × 10 beats 0.1 × 4); 2 is of 1's kind, 3 of 0's.
    Edges edges =
        new Edges(
            new int[][] {{1}, {}, {1, 0}, {0, 1}},
            new double[][] {{0.1}, {}, {0.9, 0.2}, {0.8, 0.1}});

    Layout layout = pack(10, Corpora.slice(6, 6, 4, 4), edges);

    assertThat(layout.rows())
        .extracting(DataSculptTest::documents)
        .containsExactly(List.of(0, 3), List.of(1, 2));
    assertThat(layout.rows()).extracting(Layout.Row::relatedness).containsExactly(0.8, 0.9);
  }

  @Test
  void aDocumentGoesOnlyWhereItFits() {
    // 2 is of 0's kind, but only the window of 1 has room for it.
    Edges edges = new Edges(new int[][] {{2, 1}, {}, {}}, new double[][] {{0.9, 0.1}, {}, {}});

    Layout layout = pack(10, Corpora.slice(8, 7, 3), edges);

    assertThat(layout.rows()).extracting(DataSculptTest::documents).containsExactly(List.of(1, 2));
    assertThat(layout.rest()).containsExactly(new Item(0, 0, 0, 8));
  }

  @Test
  void whatFitsNowhereIsCutToFillWhatIsLeft() {
    Edges edges = new Edges(new int[][] {{1, 2}, {}, {}}, new double[][] {{0.5, 0.5}, {}, {}});

    Layout layout = pack(10, Corpora.slice(7, 7, 6), edges);

    assertThat(layout.rows()).hasSize(2);
    assertThat(layout.rows().get(0).items())
        .containsExactly(new Item(0, 0, 0, 7), new Item(2, 0, 0, 3));
    assertThat(layout.rest()).isEmpty();
  }

  @Property(tries = 100)
  void ofEveryClusterLessThanARowIsLeft(@ForAll("corpora") Corpus corpus) {
    Slice ones = Corpora.slice(corpus.slice().lengths());
    int clusters =
        Grouping.CONNECTED.groups(DocumentGraph.of(ones, corpus.edges(), ones.items()), 31).size();

    Layout layout = pack(31, ones, corpus.edges());

    assertThat(layout.rows()).allSatisfy(row -> assertThat(row.isFull()).isTrue());
    assertThat(layout.rest().stream().mapToInt(Item::length).sum())
        .isLessThanOrEqualTo(clusters * 30);
  }

  @Provide
  Arbitrary<Corpus> corpora() {
    return Corpora.any();
  }

  private static Layout pack(int sequenceLength, Slice slice, Edges edges) {
    return new DataSculpt(sequenceLength, new DataSculpt.Options(Grouping.CONNECTED))
        .pack(slice, edges, 1);
  }

  private static List<Integer> documents(Layout.Row row) {
    return row.items().stream().map(Item::document).toList();
  }
}
