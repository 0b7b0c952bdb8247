package org.longspan.pack;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.longspan.seed.Seeded;

/**
 * The documents of one round and the edges between them. Documents are nodes from 0 in the order of
 * their doc_id; there are no loops and no double edges. An edge leads from a document to one that
 * was found for it; {@link #symmetric()} has both directions of each.
 */
final class DocumentGraph {
  /** An edge without a direction. */
  record Link(int one, int other, double similarity) {
    private static final Comparator<Link> STRONGEST_FIRST =
        Comparator.comparingDouble(Link::similarity)
            .reversed()
            .thenComparingInt(Link::one)
            .thenComparingInt(Link::other);
  }

  private final String[] ids;
  private final List<Item> items;

  /** The node of each document of the slice, or -1 where it has none. */
  private final int[] nodes;

  private final int[][] neighbours;
  private final double[][] similarities;

  private DocumentGraph(
      String[] ids, List<Item> items, int[] nodes, int[][] neighbours, double[][] similarities) {
    this.ids = ids;
    this.items = items;
    this.nodes = nodes;
    this.neighbours = neighbours;
    this.similarities = similarities;
  }

  /**
   * The edges between some documents of a slice, in their order. O(documents + edges).
   *
   * @param items one a document, in the order of the slice
   */
  static DocumentGraph of(Slice documents, Edges edges, List<Item> items) {
    int[] nodes = new int[documents.size()];
    Arrays.fill(nodes, -1);
    for (int node = 0; node < items.size(); node++) {
      nodes[items.get(node).document()] = node;
    }

    int[][] neighbours = new int[items.size()][];
    double[][] similarities = new double[items.size()][];
    int[] reachedFrom = new int[items.size()];
    Arrays.fill(reachedFrom, -1);
    for (int node = 0; node < items.size(); node++) {
      int[] listed = edges.neighbours()[items.get(node).document()];
      double[] similar = edges.similarities()[items.get(node).document()];
      neighbours[node] = new int[listed.length];
      similarities[node] = new double[listed.length];
      reachedFrom[node] = node;
      int kept = 0;
      for (int n = 0; n < listed.length; n++) {
        int neighbour = nodes[listed[n]];
        if (neighbour >= 0 && reachedFrom[neighbour] != node) {
          reachedFrom[neighbour] = node;
          neighbours[node][kept] = neighbour;
          similarities[node][kept] = similar[n];
          kept++;
        }
      }

      neighbours[node] = Arrays.copyOf(neighbours[node], kept);
      similarities[node] = Arrays.copyOf(similarities[node], kept);
    }

    return new DocumentGraph(documents.ids(), List.copyOf(items), nodes, neighbours, similarities);
  }

  int size() {
    return items.size();
  }

  /** What there is of a document to be placed. */
  Item item(int node) {
    return items.get(node);
  }

  int length(int node) {
    return items.get(node).length();
  }

  /** The neighbours of a document, the best first. */
  int[] neighbours(int node) {
    return neighbours[node];
  }

  /** The similarity of each neighbour, in the same order. */
  double[] similarities(int node) {
    return similarities[node];
  }

  /**
   * The documents around one: its neighbours, the best first, then theirs in that order, and so on.
   * O(neighbours of all that are found).
   *
   * @param hops edges between the document and the farthest, at least 1
   */
  List<Integer> around(int node, int hops) {
    Set<Integer> found = new LinkedHashSet<>(Set.of(node));
    List<Integer> border = List.of(node);
    for (int hop = 0; hop < hops && !border.isEmpty(); hop++) {
      List<Integer> next = new ArrayList<>();
      for (int from : border) {
        Arrays.stream(neighbours[from]).filter(found::add).forEach(next::add);
      }

      border = next;
    }

    return found.stream().skip(1).toList();
  }

  /** The hash that decides something about a document by chance. */
  long chance(long seed, String purpose, int node) {
    Item item = items.get(node);
    return Seeded.hash(seed, purpose, ids[item.document()], item.copy());
  }

  /** All documents in an order of chance. */
  int[] byChance(long seed, String purpose) {
    return HashOrder.of(size(), node -> chance(seed, purpose, node));
  }

  /**
   * Each edge once, the strongest first, ties by node; of two directions the stronger counts. O(E
   * (log E + neighbours of a document)).
   */
  List<Link> links() {
    List<Link> links = new ArrayList<>();
    for (int node = 0; node < size(); node++) {
      for (int n = 0; n < neighbours[node].length; n++) {
        int other = neighbours[node][n];
        double similarity = similarities[node][n];
        double back = similarity(other, node);
        if (similarity > back || (similarity == back && node < other)) {
          links.add(new Link(Math.min(node, other), Math.max(node, other), similarity));
        }
      }
    }

    links.sort(Link.STRONGEST_FIRST);
    return links;
  }

  /** Of the edge from one document to another; less than all others where there is none. */
  private double similarity(int from, int to) {
    for (int n = 0; n < neighbours[from].length; n++) {
      if (neighbours[from][n] == to) {
        return similarities[from][n];
      }
    }

    return Double.NEGATIVE_INFINITY;
  }

  /**
   * The same documents with every edge in both directions, the strongest first. As {@link
   * #links()}.
   */
  DocumentGraph symmetric() {
    List<Link> links = links();
    int[] degrees = new int[size()];
    for (Link link : links) {
      degrees[link.one()]++;
      degrees[link.other()]++;
    }

    int[][] both = Arrays.stream(degrees).mapToObj(int[]::new).toArray(int[][]::new);
    double[][] similar = Arrays.stream(degrees).mapToObj(double[]::new).toArray(double[][]::new);
    int[] filled = new int[size()];
    for (Link link : links) {
      both[link.one()][filled[link.one()]] = link.other();
      similar[link.one()][filled[link.one()]++] = link.similarity();
      both[link.other()][filled[link.other()]] = link.one();
      similar[link.other()][filled[link.other()]++] = link.similarity();
    }

    return new DocumentGraph(ids, items, nodes, both, similar);
  }

  /** Items joined and cut every L tokens; the end, which fills no row, is the rest. */
  Layout joined(List<Item> stream, int sequenceLength) {
    RowCutter cutter = new RowCutter(sequenceLength);
    stream.forEach(cutter::add);
    return new Layout(
        cutter.rows().stream().map(row -> row(row, sequenceLength)).toList(), cutter.open());
  }

  /**
   * A row of these items. Its relatedness: each document but the first counts with its strongest
   * edge, of whichever direction, to one that stands before it in the row, and with 0 where there
   * is none; the mean, or 1 of a document alone. O(neighbours of the row's documents).
   */
  Layout.Row row(List<Item> row, int room) {
    Map<Integer, Integer> positions = new TreeMap<>();
    row.forEach(item -> positions.putIfAbsent(nodes[item.document()], positions.size()));
    if (positions.size() == 1) {
      return new Layout.Row(row, 1, room);
    }

    double[] strongest = new double[positions.size()];
    positions.forEach(
        (node, position) -> {
          for (int n = 0; n < neighbours[node].length; n++) {
            Integer other = positions.get(neighbours[node][n]);
            if (other != null) {
              int later = Math.max(position, other);
              strongest[later] = Math.max(strongest[later], similarities[node][n]);
            }
          }
        });
    return new Layout.Row(row, Arrays.stream(strongest).sum() / (positions.size() - 1), room);
  }
}
