package org.longspan.ingest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.longspan.conf.ConfigurationException;
import org.longspan.conf.Problem;

/**
 * Lists the files of sources in an order that depends on their names alone. Names that begin with a
 * dot or an underscore are left out, as everywhere in Hadoop; inside repositories only those with a
 * dot, because {@code __init__.py} is code.
 */
final class InputFiles {
  private static final Predicate<String> DATA =
      name -> !name.startsWith(".") && !name.startsWith("_");
  private static final Predicate<String> REPOSITORY = name -> !name.startsWith(".");

  private final Configuration hadoop;
  private final List<Problem> problems = new ArrayList<>();

  private InputFiles(Configuration hadoop) {
    this.hadoop = hadoop;
  }

  /**
   * The files of each source, in the order of the sources.
   *
   * @throws ConfigurationException with every path that matches no file
   */
  static List<List<InputFile>> of(Configuration hadoop, List<SourceSpec> sources) {
    InputFiles listing = new InputFiles(hadoop);
    List<List<InputFile>> files = new ArrayList<>();
    int first = 0;
    for (int source = 0; source < sources.size(); source++) {
      List<InputFile> found = listing.list(source, sources.get(source), first);
      files.add(found);
      first += indexes(found);
    }

    if (!listing.problems.isEmpty()) {
      throw new ConfigurationException(listing.problems);
    }

    return files;
  }

  /** Places that a source takes in the order of all files: one, where it has rows instead. */
  static int indexes(List<InputFile> files) {
    return Math.max(1, files.size());
  }

  /** Changes when a file is added, removed, renamed, or has another length or time. */
  static String fingerprint(List<InputFile> files) {
    StringBuilder all = new StringBuilder();
    for (InputFile file : files) {
      all.append(file.path()).append('\n');
      all.append(file.bytes()).append(' ').append(file.modified()).append('\n');
    }

    return Digest.sha256(all.toString());
  }

  private List<InputFile> list(int source, SourceSpec spec, int first) {
    Predicate<String> shown = spec.format().equals("repository") ? REPOSITORY : DATA;
    List<InputFile> files = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (int p = 0; p < spec.paths().size(); p++) {
      String written = spec.paths().get(p);
      List<Found> found = find(written, shown);
      if (found.isEmpty()) {
        problems.add(
            new Problem(
                written,
                "input.sources",
                "This input path matches no file. Check its spelling and that this user may read"
                    + " it; relative paths start at the folder in which the run was started."));
      }

      for (Found file : found) {
        String path = file.status.getPath().toString();
        if (seen.add(path)) {
          files.add(
              new InputFile(
                  first + files.size(),
                  source,
                  p,
                  path,
                  file.name,
                  file.status.getLen(),
                  file.status.getModificationTime()));
        }
      }
    }

    return files;
  }

  private List<Found> find(String written, Predicate<String> shown) {
    Path path = new Path(written);
    try {
      FileSystem files = path.getFileSystem(hadoop);
      List<Found> found = new ArrayList<>();
      if (files.exists(path)) {
        FileStatus status = files.getFileStatus(path);
        Path root = status.isDirectory() ? status.getPath() : status.getPath().getParent();
        below(files, status, root, shown, found);
      } else {
        Path root = files.makeQualified(fixedPart(path));
        FileStatus[] matches = files.globStatus(path);
        for (FileStatus match : matches == null ? new FileStatus[0] : matches) {
          below(files, match, root, shown, found);
        }
      }

      found.sort(Comparator.comparing(Found::name));
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The input path " + written + " can't be listed: " + e.getMessage(), e);
    }
  }

  private static void below(
      FileSystem files, FileStatus status, Path root, Predicate<String> shown, List<Found> found)
      throws IOException {
    if (status.isFile()) {
      String name = root.toUri().relativize(status.getPath().toUri()).getPath();
      found.add(new Found(name, status));
      return;
    }

    FileStatus[] children = files.listStatus(status.getPath());
    for (FileStatus child : Arrays.asList(children)) {
      if (shown.test(child.getPath().getName())) {
        below(files, child, root, shown, found);
      }
    }
  }

  /** The folder above the first part with a glob in it. */
  private static Path fixedPart(Path glob) {
    Path fixed = glob;
    for (Path at = glob; at != null; at = at.getParent()) {
      if (at.getName().matches(".*[*?\\[{].*")) {
        fixed = at.getParent();
      }
    }

    return fixed == null ? new Path(Path.CUR_DIR) : fixed;
  }

  private record Found(String name, FileStatus status) {}
}
