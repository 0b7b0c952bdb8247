package org.longspan.attention;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.longspan.score.SegmentPairs;

/**
 * The dependency graph of a document, Longspan's own: which segment leans most on which far earlier
 * one, so that a person can see why a document scored.
 *
 * <p>A link's strength is what the earlier segment has beyond what it would have by chance:
 *
 * <ul>
 *   <li>from attention, the mean share of a query's attention that goes to the earlier segment,
 *       less what uniform attention would give it. Early queries have few keys and give each a
 *       large share whatever the text, so without this the strongest links would all be at the
 *       beginning. The window's first segment, which holds the attention sink, is never linked to.
 *   <li>from pair gains, how many nats a token the segment's loss falls after the earlier one.
 * </ul>
 *
 * <p>Only strengths above 0 are links. Equal ones are ordered by segment, then by earlier segment.
 *
 * @param tokens of a segment
 * @param least distance of a link, in segments, at least 1
 * @param most links of a document
 */
public record DependencyGraph(int tokens, int least, int most) {
  private static final Comparator<Link> STRONGEST =
      Comparator.comparingDouble(Link::strength)
          .reversed()
          .thenComparingInt(Link::segment)
          .thenComparingInt(Link::earlier);

  public DependencyGraph {
    if (tokens < 1 || least < 1 || most < 1) {
      throw new IllegalArgumentException(
          "There are no %d links over %d segments of %d tokens: all three must be at least 1."
              .formatted(most, least, tokens));
    }
  }

  /**
   * A segment that leans on an earlier one.
   *
   * @param segment number of the segment, from 0
   * @param earlier number of the earlier one
   * @param strength above 0: a share of attention, or nats a token
   * @param distance between their beginnings, in tokens
   */
  public record Link(int segment, int earlier, double strength, int distance) {}

  /**
   * The strongest links of a window by attention. Cost: O(layers × spans²).
   *
   * @param view what was read, {@link SpanMasses.Keys#CAUSAL} with these segments as spans
   * @param masses its reading of the window
   * @param length tokens of the window
   * @throws IllegalArgumentException if the view has other segments or keys
   */
  public List<Link> ofAttention(SpanMasses view, double[][][] masses, int length) {
    if (view.span() != tokens || view.keys() != SpanMasses.Keys.CAUSAL) {
      throw new IllegalArgumentException(
          "Links between segments of %d tokens are not in %s.".formatted(tokens, view));
    }

    int[] queries = view.queries(length);
    List<Link> links = new ArrayList<>();

    for (int q = 0; q < queries.length; q++) {
      double uniform = uniformShare(queries[q]);

      for (int key = 1; key <= queries[q] - least; key++) {
        double mass = 0;

        for (double[][] layer : masses) {
          mass += layer[q][key];
        }

        add(links, queries[q], key, mass / masses.length / tokens - uniform);
      }
    }

    return strongest(links);
  }

  /** The strongest links of a document by what was measured of its pairs. Cost: O(pairs). */
  public List<Link> ofGains(SegmentPairs pairs) {
    List<Link> links = new ArrayList<>();

    for (int p = 0; p < pairs.target().length; p++) {
      int segment = pairs.target()[p];

      if (segment - pairs.context()[p] >= least) {
        add(links, segment, pairs.context()[p], pairs.alone()[segment] - pairs.together()[p]);
      }
    }

    return strongest(links);
  }

  private void add(List<Link> links, int segment, int earlier, double strength) {
    if (strength > 0) {
      links.add(new Link(segment, earlier, strength, (segment - earlier) * tokens));
    }
  }

  private List<Link> strongest(List<Link> links) {
    return links.stream().sorted(STRONGEST).limit(most).toList();
  }

  /** What uniform attention gives an earlier segment, mean over a segment's queries. */
  private double uniformShare(int segment) {
    double sum = 0;

    for (int query = segment * tokens; query < (segment + 1) * tokens; query++) {
      sum += tokens / (query + 1.0);
    }

    return sum / tokens;
  }
}
