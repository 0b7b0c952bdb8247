package org.longspan.attention;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.longspan.context.ContextWindow;
import org.longspan.context.ContextWindows;
import org.longspan.score.PairPlan;
import org.longspan.score.SegmentPairs;

/**
 * The dependency graph of a document, Longspan's own: which segment leans most on which far earlier
 * one, so that a person can see why a document scored.
 *
 * <p>A link's strength is what the earlier segment has beyond what it would have anyway:
 *
 * <ul>
 *   <li>from attention, the mean share of a query's attention that goes to the earlier segment,
 *       less what it would get anyway: what the median of the other segments gives it, as some
 *       segments draw attention from everywhere; or, if that is more, what the median far segment
 *       gets. Early queries have few keys and give each much whatever the text, so a share that is
 *       expected of a query is never below the other's share, nor below the same multiple of
 *       uniform attention. The window's first segment, which holds the attention sink, is never
 *       linked to.
 *   <li>from pair gains, how many nats a token the segment's loss falls after the earlier one.
 * </ul>
 *
 * <p>Only strengths above 0 are links. Equal ones are ordered by segment, then by earlier segment.
 *
 * @param leastDistance tokens between the beginnings of two linked segments, at least 1
 * @param most links of a document, at least 1
 */
public record DependencyGraph(int leastDistance, int most) {
  private static final Comparator<Link> STRONGEST =
      Comparator.comparingDouble(Link::strength)
          .reversed()
          .thenComparingInt(Link::start)
          .thenComparingInt(Link::earlierStart);

  public DependencyGraph {
    if (leastDistance < 1 || most < 1) {
      throw new IllegalArgumentException(
          "There are no %d links over at least %d tokens: both must be at least 1."
              .formatted(most, leastDistance));
    }
  }

  /**
   * A segment that leans on an earlier one. All places are tokens of the document.
   *
   * @param start first token of the segment
   * @param end its end, exclusive
   * @param earlierStart first token of the earlier segment
   * @param earlierEnd its end, exclusive
   * @param strength above 0: a share of attention, or nats a token
   */
  public record Link(int start, int end, int earlierStart, int earlierEnd, double strength) {
    /** Tokens between the segments' beginnings. */
    public int distance() {
      return start - earlierStart;
    }
  }

  /**
   * The strongest links of a document by attention, over all its full windows; a link lies in one
   * window. Only the query spans that the view reads have links. Cost: O(layers × queries × spans +
   * queries² × spans × log queries) a window.
   *
   * @param view what was read, with the segments as spans
   * @param length tokens of a full window
   */
  public List<Link> ofAttention(SpanMasses view, int length, ContextWindows measured) {
    List<Link> links = new ArrayList<>();

    for (ContextWindow window : new FullWindows<>(length, view).in(measured)) {
      addLinks(view, view.queries(length), window, links);
    }

    return strongest(links);
  }

  /**
   * The strongest links of a document by what was measured of its pairs. Cost: O(pairs).
   *
   * @param plan where the segments lie
   */
  public List<Link> ofGains(PairPlan plan, SegmentPairs pairs) {
    List<Link> links = new ArrayList<>();

    for (int p = 0; p < pairs.target().length; p++) {
      int segment = pairs.target()[p];
      add(
          links,
          plan.starts()[segment],
          plan.starts()[pairs.context()[p]],
          plan.segment(),
          pairs.alone()[segment] - pairs.together()[p]);
    }

    return strongest(links);
  }

  private void addLinks(SpanMasses view, int[] queries, ContextWindow window, List<Link> links) {
    int nearest = (leastDistance + view.span() - 1) / view.span();
    double[][] shares = shares(view, queries, window.attention().of(view));
    double[] uniform = Arrays.stream(queries).mapToDouble(q -> uniformShare(view, q)).toArray();
    double farLift = medianLift(shares, uniform, queries, nearest);

    for (int key = 1; queries.length > 0 && key <= queries[queries.length - 1] - nearest; key++) {
      int first = firstFrom(queries, key + nearest);

      for (int q = first; q < queries.length; q++) {
        double anyway = Math.max(farLift * uniform[q], expected(q, key, first, shares, uniform));
        int start = window.start() + queries[q] * view.span();
        add(links, start, window.start() + key * view.span(), view.span(), shares[q][key] - anyway);
      }
    }
  }

  /** What a query span would give a key span if it did as the median of the others, from first. */
  private static double expected(
      int query, int key, int first, double[][] shares, double[] uniform) {
    return lowerMedian(
        IntStream.range(first, shares.length)
            .filter(other -> other != query)
            .mapToDouble(
                other -> shares[other][key] * Math.max(1, uniform[query] / uniform[other])));
  }

  /** What the median far key span gets, in multiples of uniform attention. */
  private static double medianLift(
      double[][] shares, double[] uniform, int[] queries, int nearest) {
    return lowerMedian(
        IntStream.range(0, queries.length)
            .boxed()
            .flatMapToDouble(
                q ->
                    IntStream.rangeClosed(1, queries[q] - nearest)
                        .mapToDouble(key -> shares[q][key] / uniform[q])));
  }

  private void add(List<Link> links, int start, int earlier, int tokens, double strength) {
    if (strength > 0 && start - earlier >= leastDistance) {
      links.add(new Link(start, start + tokens, earlier, earlier + tokens, strength));
    }
  }

  private List<Link> strongest(List<Link> links) {
    return links.stream().sorted(STRONGEST).limit(most).toList();
  }

  /** The share of a query's attention by query span and key span, mean over layers. */
  private static double[][] shares(SpanMasses view, int[] queries, double[][][] masses) {
    double[][] shares = new double[queries.length][];

    for (int q = 0; q < queries.length; q++) {
      shares[q] = new double[masses[0][q].length];

      for (double[][] layer : masses) {
        for (int key = 0; key < shares[q].length; key++) {
          shares[q][key] += layer[q][key] / masses.length / view.span();
        }
      }
    }

    return shares;
  }

  /** What uniform attention gives an earlier span, mean over a span's queries. */
  private static double uniformShare(SpanMasses view, int span) {
    if (view.keys() == SpanMasses.Keys.EARLIER) {
      return 1.0 / span;
    }

    double sum = 0;

    for (int query = span * view.span(); query < (span + 1) * view.span(); query++) {
      sum += view.span() / (query + 1.0);
    }

    return sum / view.span();
  }

  /** 0 where there is no value. */
  private static double lowerMedian(DoubleStream values) {
    double[] ascending = values.sorted().toArray();
    return ascending.length == 0 ? 0 : ascending[(ascending.length - 1) / 2];
  }

  private static int firstFrom(int[] ascending, int least) {
    int found = Arrays.binarySearch(ascending, least);
    return found < 0 ? -found - 1 : found;
  }
}
