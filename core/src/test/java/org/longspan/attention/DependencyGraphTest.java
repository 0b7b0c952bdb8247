package org.longspan.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.longspan.score.SegmentPairs;

class DependencyGraphTest {
  private static final SpanMasses VIEW = new SpanMasses(4, 1, SpanMasses.Keys.CAUSAL, Heads.ALL);

  @Property(tries = 20)
  void uniformAttentionHasNoStrongLinks(@ForAll @IntRange(min = 2, max = 20) int segments) {
    double[][][] masses = {AttentionWindows.spans(VIEW, 4 * segments, AttentionWindows.UNIFORM)};

    assertThat(new DependencyGraph(4, 1, 99).ofAttention(VIEW, masses, 4 * segments))
        .allSatisfy(link -> assertThat(link.strength()).isLessThan(1e-12));
  }

  /** Segments 2 and 5 look at segment 1 three times as hard as at others, all at segment 0 too. */
  @Test
  void attentionBeyondChanceIsALink() {
    double[][] layer =
        AttentionWindows.spans(
            VIEW,
            24,
            (query, key, end) ->
                (query / 4 == 5 || query / 4 == 2) && key / 4 == 1 ? 3 : key < 4 ? 5 : 1);
    double[][] uniform = AttentionWindows.spans(VIEW, 24, AttentionWindows.UNIFORM);

    List<DependencyGraph.Link> links =
        new DependencyGraph(4, 2, 9).ofAttention(VIEW, new double[][][] {layer, uniform}, 24);

    assertThat(links).hasSize(1);
    assertThat(links.get(0).segment()).isEqualTo(5);
    assertThat(links.get(0).earlier()).isEqualTo(1);
    assertThat(links.get(0).distance()).isEqualTo(16);
    double expected = 0;

    for (int query = 20; query < 24; query++) {
      expected += (12.0 / (4 * 5 + 4 * 3 + query - 7) - 4.0 / (query + 1)) / 2 / 4;
    }

    assertThat(links.get(0).strength()).isCloseTo(expected, within(1e-12));
  }

  @Test
  void gainsAreLinksTheStrongestFirst() {
    SegmentPairs pairs =
        new SegmentPairs(
            new double[] {3, 3, 3, 3},
            new int[] {3, 2, 3, 1, 3},
            new int[] {1, 0, 0, 0, 2},
            new double[] {2.5, 2.5, 1, 0.5, 4});

    assertThat(new DependencyGraph(128, 1, 9).ofGains(pairs))
        .containsExactly(
            new DependencyGraph.Link(1, 0, 2.5, 128),
            new DependencyGraph.Link(3, 0, 2, 384),
            new DependencyGraph.Link(2, 0, 0.5, 256),
            new DependencyGraph.Link(3, 1, 0.5, 256));
    assertThat(new DependencyGraph(128, 2, 2).ofGains(pairs))
        .extracting(DependencyGraph.Link::segment)
        .containsExactly(3, 2);
  }

  @Test
  void viewsOfOtherSegmentsAreRefused() {
    assertThatThrownBy(() -> new DependencyGraph(8, 1, 1).ofAttention(VIEW, new double[1][][], 24))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("8 tokens");
    assertThatThrownBy(() -> new DependencyGraph(8, 0, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
