package org.longspan.pack;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How the documents of a group follow each other. */
public enum GroupOrder {
  /** In an order of chance. */
  CHANCE,
  /** Those first that are most similar to all others of the group; ties by doc_id. */
  CENTRAL;

  /**
   * The documents of a group in this order. O(edges of the group + n log n).
   *
   * @param group nodes in ascending order
   * @param purpose what the chance is for
   */
  List<Item> of(DocumentGraph graph, int[] group, long seed, String purpose) {
    return switch (this) {
      case CHANCE -> {
        int[] order = HashOrder.of(group.length, i -> graph.chance(seed, purpose, group[i]));
        yield Arrays.stream(order).mapToObj(i -> graph.item(group[i])).toList();
      }
      case CENTRAL -> {
        Map<Integer, Double> similarities = similarities(graph, group);
        yield Arrays.stream(group)
            .boxed()
            .sorted(Comparator.comparing(similarities::get, Comparator.reverseOrder()))
            .map(graph::item)
            .toList();
      }
    };
  }

  /** Of each document, the sum over its edges inside the group, those of both directions. */
  private static Map<Integer, Double> similarities(DocumentGraph graph, int[] group) {
    Map<Integer, Double> similarities = new HashMap<>();
    for (int node : group) {
      similarities.put(node, 0.0);
    }

    for (int node : group) {
      int[] neighbours = graph.neighbours(node);
      for (int n = 0; n < neighbours.length; n++) {
        double similarity = graph.similarities(node)[n];
        if (similarities.computeIfPresent(neighbours[n], (k, sum) -> sum + similarity) != null) {
          similarities.merge(node, similarity, Double::sum);
        }
      }
    }

    return similarities;
  }
}
