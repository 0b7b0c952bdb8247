package org.longspan.pack;

import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/**
 * DataSculpt, arXiv 2409.00997: best fit that weighs relatedness. The documents of a cluster, the
 * longest first, go each to the window where this is greatest:
 *
 * <pre>
 *   similarity(window, document) × room(window)     similarity: 1 of an empty window, else the mean
 *                                                   over the window's documents, 0 without an edge
 * </pre>
 *
 * <p>A cluster, of {@link Grouping}, has ceil(tokens / L) windows, and a document goes only where
 * it fits; ties go to the window with more room, then to the earlier one. The paper measures a
 * document against the window's mean embedding. Its released code has no such check, so that
 * windows overflow and rooms below zero turn the sign of the score, and drops what is left: the
 * short documents.
 *
 * <p>Here what fits nowhere is cut, the longest first, to fill the rooms that are left, the fullest
 * window first; when that is used up, the documents of the emptiest windows serve. So a cluster has
 * floor(tokens / L) rows, all full, and fewer than L of its tokens go to {@link Layout#rest()}.
 * Long documents and copies are as {@link RelatedPacker} says.
 *
 * <p>Cost: O(N · (W + neighbours)) for the N documents and W windows of a cluster; the bound on a
 * cluster's rows bounds W.
 */
public final class DataSculpt extends RelatedPacker {
  static final String NAME = "datasculpt";

  private static final int NO_WINDOW = -1;

  /** Which clusters. */
  public record Options(Grouping grouping) implements Serializable {
    /** The bounds of a cluster are chosen here; the paper clusters embeddings. */
    public static final Options PUBLISHED = new Options(new Grouping(0, 64));
  }

  private final Grouping grouping;

  /**
   * @param sequenceLength L, tokens of every row, at least 1
   */
  DataSculpt(int sequenceLength, Options options) {
    super(NAME, sequenceLength);
    this.grouping = options.grouping();
  }

  @Override
  Layout layOut(DocumentGraph graph, long seed) {
    return layOut(grouping.groups(graph, sequenceLength), graph.symmetric());
  }

  private Layout layOut(List<int[]> clusters, DocumentGraph graph) {
    List<Layout.Row> rows = new ArrayList<>();
    List<Item> rest = new ArrayList<>();
    int[] windowOf = new int[graph.size()];
    Arrays.fill(windowOf, NO_WINDOW);
    for (int[] cluster : clusters) {
      new Windows(graph, cluster, windowOf).fill(rows, rest);
      Arrays.stream(cluster).forEach(node -> windowOf[node] = NO_WINDOW);
    }

    return new Layout(rows, rest);
  }

  /** The windows of one cluster. */
  private final class Windows {
    private final DocumentGraph graph;
    private final List<List<Item>> windows = new ArrayList<>();
    private final int[] room;

    /** The window of each document of the cluster that has one. */
    private final int[] windowOf;

    /** Documents that fit nowhere, the longest first. */
    private final Deque<Item> left = new ArrayDeque<>();

    Windows(DocumentGraph graph, int[] cluster, int[] windowOf) {
      this.graph = graph;
      this.windowOf = windowOf;
      long tokens = Arrays.stream(cluster).mapToLong(graph::length).sum();
      this.room = new int[Math.toIntExact((tokens + sequenceLength - 1) / sequenceLength)];
      Arrays.fill(room, sequenceLength);
      for (int window = 0; window < room.length; window++) {
        windows.add(new ArrayList<>());
      }

      Arrays.stream(cluster)
          .boxed()
          .sorted(Comparator.comparing(graph::length, Comparator.reverseOrder()))
          .forEach(this::place);
    }

    private void place(int node) {
      double[] similarities = similarities(node);
      int best = NO_WINDOW;
      for (int window = 0; window < room.length; window++) {
        if (graph.length(node) <= room[window]
            && (best == NO_WINDOW || isBetter(window, best, similarities))) {
          best = window;
        }
      }

      windowOf[node] = best;
      if (best == NO_WINDOW) {
        left.add(graph.item(node));
      } else {
        windows.get(best).add(graph.item(node));
        room[best] -= graph.length(node);
      }
    }

    private boolean isBetter(int window, int best, double[] similarities) {
      double gain = similarities[window] * room[window] - similarities[best] * room[best];
      return gain > 0 || (gain == 0 && room[window] > room[best]);
    }

    /** Of a document to each window. */
    private double[] similarities(int node) {
      double[] similarities = new double[room.length];
      int[] neighbours = graph.neighbours(node);
      for (int n = 0; n < neighbours.length; n++) {
        int window = windowOf[neighbours[n]];
        if (window != NO_WINDOW) {
          similarities[window] += graph.similarities(node)[n];
        }
      }

      for (int window = 0; window < room.length; window++) {
        int documents = windows.get(window).size();
        similarities[window] = documents == 0 ? 1 : similarities[window] / documents;
      }

      return similarities;
    }

    /** Fills windows with what fits nowhere and hands out the full rows. */
    void fill(List<Layout.Row> rows, List<Item> rest) {
      List<Integer> fullestFirst = new ArrayList<>();
      for (int window = 0; window < room.length; window++) {
        fullestFirst.add(window);
      }

      fullestFirst.sort(Comparator.comparing(window -> room[window]));
      Deque<Integer> open = new ArrayDeque<>(fullestFirst);
      while (!open.isEmpty()) {
        int window = open.remove();
        while (room[window] > 0 && (!left.isEmpty() || !open.isEmpty())) {
          if (left.isEmpty()) {
            left.addAll(windows.get(open.removeLast()));
          } else {
            fill(window, left.remove());
          }
        }

        if (room[window] == 0) {
          rows.add(graph.row(windows.get(window), sequenceLength));
        } else {
          rest.addAll(windows.get(window));
        }
      }

      rest.addAll(left);
    }

    private void fill(int window, Item item) {
      int cut = Math.min(item.end(), item.start() + room[window]);
      windows
          .get(window)
          .add(new Item(item.document(), item.copy(), item.start(), cut, item.role()));
      room[window] -= cut - item.start();
      if (cut < item.end()) {
        left.addFirst(new Item(item.document(), item.copy(), cut, item.end(), item.role()));
      }
    }
  }
}
