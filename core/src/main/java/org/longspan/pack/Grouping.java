package org.longspan.pack;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which documents belong together: the strongest edge first, two groups become one when an edge
 * joins them, unless they have too many tokens together. Single linkage, in other words, with a
 * bound; without the bound the groups are the connected components.
 *
 * <p>Cost: O(documents + E log E).
 *
 * @param leastSimilarity of an edge that joins, such as 0 for all
 * @param mostRows tokens of a group, in rows; at least 1
 */
public record Grouping(double leastSimilarity, int mostRows) implements Serializable {
  /** All that is connected. */
  public static final Grouping CONNECTED = new Grouping(0, Integer.MAX_VALUE);

  public Grouping {
    if (Double.isNaN(leastSimilarity) || mostRows < 1) {
      throw new IllegalArgumentException(
          "A grouping needs a least similarity that is a number and groups of at least 1 row, not %s and %d."
              .formatted(leastSimilarity, mostRows));
    }
  }

  /**
   * The groups, in the order of their first documents; in each the nodes ascend.
   *
   * @param sequenceLength L, tokens of a row
   */
  List<int[]> groups(DocumentGraph graph, int sequenceLength) {
    Groups groups = new Groups(graph);
    long most = (long) mostRows * sequenceLength;
    for (DocumentGraph.Link link : graph.links()) {
      if (link.similarity() >= leastSimilarity) {
        groups.join(link.one(), link.other(), most);
      }
    }

    return groups.members();
  }

  /** Disjoint sets; the first node of each stands for it. */
  private static final class Groups {
    private final int[] parent;
    private final long[] tokens;

    Groups(DocumentGraph graph) {
      parent = IntStream.range(0, graph.size()).toArray();
      tokens = IntStream.range(0, graph.size()).mapToLong(graph::length).toArray();
    }

    void join(int one, int other, long most) {
      int first = Math.min(first(one), first(other));
      int second = Math.max(first(one), first(other));
      if (first != second && tokens[first] + tokens[second] <= most) {
        parent[second] = first;
        tokens[first] += tokens[second];
      }
    }

    List<int[]> members() {
      int[] sizes = new int[parent.length];
      for (int node = 0; node < parent.length; node++) {
        sizes[first(node)]++;
      }

      int[][] members = new int[parent.length][];
      List<int[]> groups = new ArrayList<>();
      Arrays.setAll(members, node -> new int[sizes[node]]);
      int[] filled = new int[parent.length];
      for (int node = 0; node < parent.length; node++) {
        int first = first(node);
        members[first][filled[first]++] = node;
        if (node == first) {
          groups.add(members[first]);
        }
      }

      return groups;
    }

    private int first(int node) {
      int top = node;
      while (parent[top] != top) {
        parent[top] = parent[parent[top]];
        top = parent[top];
      }

      return top;
    }
  }
}
