package org.longspan.pack;

import java.io.Serializable;
import java.util.Arrays;

/**
 * In-Context Pretraining, arXiv 2310.10638: a path through all documents on which neighbours follow
 * each other, cut every L tokens.
 *
 * <p>{@link Mode#PAPER} is the paper's greedy walk of the travelling salesman who wants the most:
 *
 * <pre>
 *   edge (a, b) if a was found for b or b for a; its weight the similarity
 *   start at an unvisited document of minimum degree     degrees of the whole graph, ties by chance
 *   go on to the unvisited neighbour of highest weight   the printed algorithm has argmin, the text this
 *   none left: start again
 * </pre>
 *
 * <p>{@link Mode#CODE} is what was released: from a document by chance on to its first unseen
 * neighbour, a new cluster when there is none or the cluster has 21 documents; then the documents
 * of smaller clusters go each right before its best neighbour in another cluster. The code looks at
 * 9 neighbours; here the edges say how many there are. A document whose neighbours are all in its
 * own cluster makes the code fail, and stays where it is here. Both versions remove
 * near-duplicates, which is a matter of the edges and no part of this class.
 *
 * <p>The path's end goes to {@link Layout#rest()}; long documents and copies are as {@link
 * RelatedPacker} says. Rows are for the trainer to shuffle. Cost: O(documents + E log E).
 */
public final class InContext extends RelatedPacker {
  static final String NAME = "in-context";

  /** Whose path. */
  public enum Mode {
    /** The greedy walk of the paper. */
    PAPER,
    /** The clusters of the released code. */
    CODE
  }

  /**
   * How the path is found.
   *
   * @param clusterDocuments documents of a cluster of {@link Mode#CODE}, at least 1
   */
  public record Options(Mode mode, int clusterDocuments) implements Serializable {
    /** The paper's walk; 21 documents as in the code. */
    public static final Options PUBLISHED = new Options(Mode.PAPER, 21);

    public Options {
      if (clusterDocuments < 1) {
        throw new IllegalArgumentException(
            "A cluster of In-Context Pretraining has at least 1 document, not %d."
                .formatted(clusterDocuments));
      }
    }
  }

  private final Options options;

  /**
   * @param sequenceLength L, tokens of every row, at least 1
   */
  InContext(int sequenceLength, Options options) {
    super(NAME, sequenceLength);
    this.options = options;
  }

  @Override
  Layout layOut(DocumentGraph graph, long seed) {
    return graph.joined(
        Arrays.stream(path(graph, seed)).mapToObj(graph::item).toList(), sequenceLength);
  }

  private int[] path(DocumentGraph graph, long seed) {
    int[] byChance = graph.byChance(seed, "in-context start");
    return switch (options.mode()) {
      case PAPER -> {
        DocumentGraph symmetric = graph.symmetric();
        yield GreedyWalk.path(symmetric, byDegree(symmetric, byChance));
      }
      case CODE -> NeighbourChains.path(graph, byChance, options.clusterDocuments());
    };
  }

  /** Ascending by degree, ties as given. */
  private static int[] byDegree(DocumentGraph graph, int[] order) {
    long[] keys = new long[order.length];
    Arrays.setAll(
        keys, place -> ((long) graph.neighbours(order[place]).length << Integer.SIZE) | place);
    Arrays.sort(keys);
    return Arrays.stream(keys).mapToInt(key -> order[(int) key]).toArray();
  }
}
