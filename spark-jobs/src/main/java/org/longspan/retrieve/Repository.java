package org.longspan.retrieve;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.longspan.relate.ImportOrder;
import org.longspan.relate.RepositoryWalk;

/**
 * Neighbours by repository, SPLiCe's REPO (arXiv 2312.17296): the files that follow in the same
 * repository, in the order of a walk through its directories or of its imports. The first that
 * follows has similarity 1, the n-th 1 / n; behind the last file stands the first again.
 *
 * <p>Files need {@code repo} and {@code path}; those without, and those that ingest has joined to
 * whole repositories, have no edges. Files of one repository must be in one slice to meet: keep
 * {@code relate.slice-documents} above the files of a domain.
 *
 * <p>Cost: near linear in the text; memory ids and paths, and with imports the texts of a slice's
 * files.
 *
 * @param neighbours the most edges of a file, at least 1
 * @param order of the files
 */
public record Repository(int neighbours, Order order) implements Retriever {
  static final String NAME = "repository";

  private static final String REPO = "repo";
  private static final String PATH = "path";

  /** How the files of a repository stand. */
  public enum Order {
    /** Directory by directory. */
    WALK,
    /** A file behind those that it imports. */
    IMPORTS
  }

  public Repository {
    if (neighbours < 1) {
      throw new IllegalArgumentException(
          "Relating by repository needs at least 1 neighbour, not %d.".formatted(neighbours));
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<String> facts() {
    return List.of(REPO, PATH);
  }

  @Override
  public Map<String, String> identity() {
    return Map.of(
        "neighbours", Integer.toString(neighbours),
        "order", order.name().toLowerCase(Locale.ROOT));
  }

  @Override
  public EdgeStream relate(Iterator<Candidate> documents, Path scratch) {
    Map<String, Map<String, File>> repositories = new TreeMap<>();
    documents.forEachRemaining(
        document -> {
          String repo = document.facts().get(REPO);
          String path = document.facts().get(PATH);
          if (repo != null && path != null) {
            String text = order == Order.IMPORTS ? document.text() : "";
            repositories
                .computeIfAbsent(repo, name -> new TreeMap<>())
                .put(path, new File(document.id(), text));
          }
        });
    Map<String, List<Edge>> edges = new TreeMap<>();
    repositories.values().forEach(files -> addEdges(files, edges));
    return new ListedEdges(edges.values().stream().flatMap(List::stream).iterator());
  }

  private void addEdges(Map<String, File> files, Map<String, List<Edge>> edges) {
    List<String> ids = ordered(files).stream().map(path -> files.get(path).id()).toList();
    for (int place = 0; place < ids.size(); place++) {
      List<Edge> following = new ArrayList<>();
      for (String next : Following.of(ids, place, neighbours)) {
        following.add(
            new Edge(ids.get(place), next, following.size(), 1.0 / (following.size() + 1)));
      }

      edges.put(ids.get(place), following);
    }
  }

  private List<String> ordered(Map<String, File> files) {
    return switch (order) {
      case WALK -> RepositoryWalk.of(List.copyOf(files.keySet()));
      case IMPORTS -> {
        Map<String, String> texts = new TreeMap<>();
        files.forEach((path, file) -> texts.put(path, file.text()));
        yield ImportOrder.of(texts);
      }
    };
  }

  private record File(String id, String text) {}
}
