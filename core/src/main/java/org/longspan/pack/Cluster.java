package org.longspan.pack;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Documents by clusters: the clustering baseline of In-Context Pretraining, arXiv 2310.10638, where
 * it stands between packing by chance and the walk over neighbours. Cluster follows on cluster,
 * joined and cut every L tokens, so a row may hold the end of one and the beginning of the next.
 *
 * <p>The paper clusters embeddings, to 11,000 clusters of about 3,400 rows each; here clusters come
 * from the edges by {@link Grouping}, and are smaller unless told otherwise: the smaller, the more
 * of a row's documents are neighbours. The last cluster's end goes to {@link Layout#rest()}; long
 * documents and copies are as {@link RelatedPacker} says. Where a row is to be of one cluster, see
 * {@link Topics}.
 *
 * <p>Cost: O(n log n + E log E) for n copies.
 */
public final class Cluster extends RelatedPacker {
  static final String NAME = "cluster";

  /**
   * Which clusters, and how they are joined.
   *
   * @param order of a cluster's documents
   */
  public record Options(Grouping grouping, GroupOrder order) implements Serializable {
    /** By chance as published; the bounds of a cluster are chosen here. */
    public static final Options PUBLISHED = new Options(new Grouping(0, 16), GroupOrder.CHANCE);
  }

  private final Options options;

  /**
   * @param sequenceLength L, tokens of every row, at least 1
   */
  Cluster(int sequenceLength, Options options) {
    super(NAME, sequenceLength);
    this.options = options;
  }

  @Override
  Layout layOut(DocumentGraph graph, long seed) {
    List<Item> stream = new ArrayList<>();
    for (int[] cluster : options.grouping().groups(graph, sequenceLength)) {
      stream.addAll(options.order().of(graph, cluster, seed, "cluster order"));
    }

    return graph.joined(stream, sequenceLength);
  }
}
