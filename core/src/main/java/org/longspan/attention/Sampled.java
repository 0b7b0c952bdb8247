package org.longspan.attention;

import java.util.List;

/**
 * What a view shows of each drawn block of queries, in the order of {@link QueryBlocks#in}, as if
 * there were no other queries.
 *
 * <p>For views that sum over all queries: {@link DistanceMasses}, whose {@code every} does not
 * count then, and {@link FarMasses}, whose queries are those with a far key. {@link SpanMasses} are
 * one of every so many spans already, and a {@link ResponseMasses} is no more than its response.
 *
 * @param view of which it is a sample
 * @param blocks which queries are read; for {@link DistanceMasses}, of its span
 */
public record Sampled<R>(AttentionView<R> view, QueryBlocks blocks)
    implements AttentionView<List<R>> {
  public Sampled {
    if (!(view instanceof DistanceMasses) && !(view instanceof FarMasses)) {
      throw new IllegalArgumentException("No blocks of queries can stand for " + view + ".");
    }

    if (view instanceof DistanceMasses masses && masses.span() != blocks.size()) {
      throw new IllegalArgumentException(
          "Blocks of %d queries are not the spans of %s.".formatted(blocks.size(), view));
    }
  }

  /** The blocks of a window of so many tokens. */
  public List<QueryBlocks.Block> in(int length) {
    return blocks.in(view instanceof FarMasses far ? far.distance() : 0, length);
  }
}
