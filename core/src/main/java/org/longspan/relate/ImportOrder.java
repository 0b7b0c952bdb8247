package org.longspan.relate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The files of a repository so that a file stands behind those that it imports, as far as imports
 * have no cycles; what imports leave open is decided by the {@link RepositoryWalk}. A model then
 * reads a definition before its uses.
 *
 * <p>Imports are found by their form in the text ({@link Imports}) and resolved inside of the
 * repository alone, by the end of a path. Cost: O(text + files · imports).
 */
public final class ImportOrder {
  private ImportOrder() {}

  /**
   * The paths in that order.
   *
   * @param textByPath the repository's files, paths with slashes
   */
  public static List<String> of(Map<String, String> textByPath) {
    List<String> walked = RepositoryWalk.of(List.copyOf(new TreeMap<>(textByPath).keySet()));
    Map<String, List<String>> byName = new HashMap<>();
    for (String path : walked) {
      byName.computeIfAbsent(withoutEnding(lastName(path)), name -> new ArrayList<>()).add(path);
    }

    Visit visit = new Visit(textByPath, byName);
    walked.forEach(visit::file);
    return visit.order;
  }

  private static String lastName(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static String withoutEnding(String path) {
    int dot = path.lastIndexOf('.');
    return dot <= path.lastIndexOf('/') + 1 ? path : path.substring(0, dot);
  }

  /** A depth-first visit: a file is written once all files that it imports are. */
  private static final class Visit {
    private final Map<String, String> textByPath;
    private final Map<String, List<String>> byName;
    private final Set<String> begun = new HashSet<>();
    private final List<String> order = new ArrayList<>();

    Visit(Map<String, String> textByPath, Map<String, List<String>> byName) {
      this.textByPath = textByPath;
      this.byName = byName;
    }

    /** Imports may chain through thousands of files, so the visit keeps its own stack. */
    void file(String first) {
      if (!begun.add(first)) {
        return;
      }

      List<String> open = new ArrayList<>(List.of(first));
      List<List<String>> waiting = new ArrayList<>(List.of(imported(first)));
      while (!open.isEmpty()) {
        int top = open.size() - 1;
        List<String> next = waiting.get(top);
        if (next.isEmpty()) {
          order.add(open.remove(top));
          waiting.remove(top);
        } else {
          String path = next.remove(0);
          if (begun.add(path)) {
            open.add(path);
            waiting.add(imported(path));
          }
        }
      }
    }

    /** The repository's files that a file imports, in the order of its imports. */
    private List<String> imported(String path) {
      List<String> found = new ArrayList<>();
      for (String name : Imports.of(path, textByPath.get(path))) {
        for (String candidate : byName.getOrDefault(lastName(name), List.of())) {
          if (!candidate.equals(path) && endsWith(withoutEnding(candidate), name)) {
            found.add(candidate);
          }
        }
      }

      return found;
    }

    private static boolean endsWith(String path, String name) {
      return path.equals(name) || path.endsWith("/" + name);
    }
  }
}
