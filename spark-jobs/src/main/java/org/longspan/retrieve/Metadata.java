package org.longspan.retrieve;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Neighbours by what is known of documents: those of the same author, of the same site, of the same
 * thread.
 *
 * <p>A document's candidates are, for each key, the next {@code neighbours} documents with the same
 * value, in a ring in order of doc_id. Their similarity is the share of the keys in which both
 * agree; ties go by the order of the keys, then by the ring. A document without any of the keys has
 * no edges.
 *
 * <p>Cost: O(documents · keys · neighbours); memory ids and values.
 *
 * @param neighbours the most edges of a document, at least 1
 * @param keys names of facts, such as {@code author}
 */
public record Metadata(int neighbours, List<String> keys) implements Retriever {
  static final String NAME = "metadata";

  public Metadata {
    keys = List.copyOf(keys);
    if (neighbours < 1 || keys.isEmpty()) {
      throw new IllegalArgumentException(
          "Relating by metadata needs at least 1 neighbour and 1 key, not %d and %s."
              .formatted(neighbours, keys));
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> facts() {
    return keys;
  }

  @Override
  public Map<String, String> identity() {
    return Map.of("neighbours", Integer.toString(neighbours), "keys", String.join(",", keys));
  }

  @Override
  public EdgeStream relate(Iterator<Candidate> documents, Path scratch) {
    List<Known> all = new ArrayList<>();
    Map<String, List<Known>> groups = new HashMap<>();
    documents.forEachRemaining(
        document -> {
          Known known = new Known(document.id(), document.facts());
          all.add(known);
          keys.forEach(
              key -> {
                String value = known.facts().get(key);
                if (value != null) {
                  groups.computeIfAbsent(key + "=" + value, k -> new ArrayList<>()).add(known);
                }
              });
        });
    Map<String, Map<Known, Integer>> places = new HashMap<>();
    groups.forEach((name, group) -> places.put(name, places(group)));
    return new ListedEdges(
        all.stream().flatMap(known -> edges(known, groups, places).stream()).iterator());
  }

  private List<Edge> edges(
      Known known, Map<String, List<Known>> groups, Map<String, Map<Known, Integer>> places) {
    Set<Known> candidates = new LinkedHashSet<>();
    for (String key : keys) {
      String value = known.facts().get(key);
      if (value != null) {
        String group = key + "=" + value;
        int place = places.get(group).get(known);
        candidates.addAll(Following.of(groups.get(group), place, neighbours));
      }
    }

    List<Known> best = new ArrayList<>(candidates);
    best.sort(Comparator.comparingInt(candidate -> -shared(known, candidate)));
    List<Edge> edges = new ArrayList<>();
    for (Known next : best.subList(0, Math.min(neighbours, best.size()))) {
      double similarity = (double) shared(known, next) / keys.size();
      edges.add(new Edge(known.id(), next.id(), edges.size(), similarity));
    }

    return edges;
  }

  private int shared(Known one, Known other) {
    return (int)
        keys.stream()
            .filter(key -> one.facts().get(key) != null)
            .filter(key -> one.facts().get(key).equals(other.facts().get(key)))
            .count();
  }

  private static Map<Known, Integer> places(List<Known> group) {
    Map<Known, Integer> places = new HashMap<>();
    for (int place = 0; place < group.size(); place++) {
      places.put(group.get(place), place);
    }

    return places;
  }

  private record Known(String id, Map<String, String> facts) {
    @Override
    public int hashCode() {
      return id.hashCode();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Known known && known.id.equals(id);
    }
  }
}
