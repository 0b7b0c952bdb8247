package org.longspan.relate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The files of a repository in the order of a walk through its directories, depth first, as SPLiCe
 * (arXiv 2312.17296) lays code out: a directory's own files by name, then its directories by name.
 *
 * <p>Cost: O(n log n) for n files.
 */
public final class RepositoryWalk {
  private RepositoryWalk() {}

  /**
   * The paths in that order.
   *
   * @param paths with slashes, each once
   */
  public static List<String> of(List<String> paths) {
    Directory root = new Directory();
    for (String path : paths) {
      Directory place = root;
      String[] names = path.split("/");
      for (int depth = 0; depth < names.length - 1; depth++) {
        place = place.directories.computeIfAbsent(names[depth], name -> new Directory());
      }

      place.files.add(path);
    }

    List<String> walked = new ArrayList<>(paths.size());
    root.walk(walked);
    return walked;
  }

  private static final class Directory {
    private final List<String> files = new ArrayList<>();
    private final SortedMap<String, Directory> directories = new TreeMap<>();

    void walk(List<String> walked) {
      files.sort(Comparator.naturalOrder());
      walked.addAll(files);
      directories.values().forEach(directory -> directory.walk(walked));
    }
  }
}
