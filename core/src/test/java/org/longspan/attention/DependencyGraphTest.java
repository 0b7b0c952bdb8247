package org.longspan.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.longspan.attention.DependencyGraph.Link;
import org.longspan.context.ContextWindows;
import org.longspan.score.PairPlan;
import org.longspan.score.SegmentPairs;

class DependencyGraphTest {
  private static final SpanMasses VIEW = new SpanMasses(4, 1, SpanMasses.Keys.CAUSAL, Heads.ALL);
  private static final SpanMasses EARLIER =
      new SpanMasses(4, 1, SpanMasses.Keys.EARLIER, Heads.ALL);

  @Property(tries = 20)
  void uniformAttentionHasNoStrongLinks(
      @ForAll @IntRange(min = 2, max = 20) int segments, @ForAll SpanMasses.Keys keys) {
    SpanMasses view = new SpanMasses(4, 1, keys, Heads.ALL);
    double[][][] masses = {AttentionWindows.spans(view, 4 * segments, AttentionWindows.UNIFORM)};

    assertThat(links(4, view, 4 * segments, masses))
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

    List<Link> links = links(8, VIEW, 24, new double[][][] {layer, uniform});

    assertPlaces(links.get(0), 20, 4);
    assertThat(links.get(0).distance()).isEqualTo(16);
    double expected = 0;

    // Segment 4 gives segment 1 less than segment 3 does, and so is the lower median.
    for (int query = 20; query < 24; query++) {
      expected += (12.0 / (4 * 5 + 4 * 3 + query - 7) + 4.0 / (query + 1)) / 2 / 4;
      expected -= (4.0 / (4 * 5 + query - 7) + 4.0 / (query - 3)) / 2 / 4;
    }

    assertThat(links.get(0).strength()).isCloseTo(expected, within(1e-12));
  }

  /**
   * Everyone gives segment 2 about a half; segment 6 alone looks at segment 3. A far segment gets
   * 7/13 of its uniform share.
   */
  @Test
  void aSegmentThatDrawsAttentionFromEverywhereIsNoLink() {
    double[][][] masses = {
      AttentionWindows.spans(
          EARLIER,
          40,
          (query, key, end) -> key / 4 == 2 ? query / 4 : query / 4 == 6 && key / 4 == 3 ? 5 : 1)
    };

    List<Link> links = links(8, EARLIER, 40, masses);

    assertPlaces(links.get(0), 24, 12);
    assertThat(links.get(0).strength()).isCloseTo(5 / 15.0 - 7 / 13.0 / 6, within(1e-12));
    assertThat(links)
        .filteredOn(link -> link.earlierStart() == 8)
        .allSatisfy(link -> assertThat(link.strength()).isLessThan(0.04));
  }

  @Test
  void linksOfAllFullWindowsStandAtTheirPlacesInTheDocument() {
    double[][][] weak = {peaked(5, 1, 3)};
    double[][][] strong = {peaked(4, 2, 9)};
    ContextWindows document =
        AttentionWindows.withTail(AttentionWindows.document(24, EARLIER, weak, strong), 9);

    List<Link> links = new DependencyGraph(8, 2).ofAttention(EARLIER, 24, document);

    assertThat(links).hasSize(2);
    assertPlaces(links.get(0), 24 + 16, 24 + 8);
    assertPlaces(links.get(1), 20, 4);
  }

  @Test
  void gainsAreLinksTheStrongestFirst() {
    PairPlan plan =
        new PairPlan(
            new int[] {0, 128, 512, 1024},
            128,
            new int[] {3, 2, 3, 1, 3},
            new int[] {1, 0, 0, 0, 2});
    SegmentPairs pairs =
        new SegmentPairs(
            new double[] {3, 3, 3, 3},
            plan.target(),
            plan.context(),
            new double[] {2.5, 2.5, 1, 0.5, 4});

    assertThat(new DependencyGraph(128, 9).ofGains(plan, pairs))
        .containsExactly(
            new Link(128, 256, 0, 128, 2.5),
            new Link(1024, 1152, 0, 128, 2),
            new Link(512, 640, 0, 128, 0.5),
            new Link(1024, 1152, 128, 256, 0.5));
    assertThat(new DependencyGraph(129, 2).ofGains(plan, pairs))
        .extracting(Link::start)
        .containsExactly(1024, 512);
  }

  @Test
  void distancesAndNumbersBelowOneAreRefused() {
    assertThatThrownBy(() -> new DependencyGraph(0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 0 tokens");
    assertThatThrownBy(() -> new DependencyGraph(1, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static List<Link> links(int least, SpanMasses view, int length, double[][][] masses) {
    return new DependencyGraph(least, 99)
        .ofAttention(view, length, AttentionWindows.document(length, view, masses));
  }

  /** A window of 24 tokens in which one segment looks at another so many times as hard. */
  private static double[][] peaked(int segment, int earlier, double times) {
    return AttentionWindows.spans(
        EARLIER, 24, (query, key, end) -> query / 4 == segment && key / 4 == earlier ? times : 1);
  }

  private static void assertPlaces(Link link, int start, int earlier) {
    assertThat(link.start()).isEqualTo(start);
    assertThat(link.end()).isEqualTo(start + 4);
    assertThat(link.earlierStart()).isEqualTo(earlier);
    assertThat(link.earlierEnd()).isEqualTo(earlier + 4);
  }
}
