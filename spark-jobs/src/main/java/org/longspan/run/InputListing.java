package org.longspan.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.longspan.conf.ConfigurationException;
import org.longspan.conf.Problem;

/**
 * The input files as they are now. Two listings with equal fingerprints have the same files, each
 * with the same length and time of modification; contents are not read.
 *
 * @param files all files, by path
 */
public record InputListing(List<File> files) {
  public InputListing {
    files = List.copyOf(files);
  }

  /**
   * One input file.
   *
   * @param path with its file system
   * @param length bytes
   * @param modified milliseconds since 1970
   */
  public record File(String path, long length, long modified) {}

  /**
   * Lists files, folders with all that is below them, and globs. A path that exists as it is
   * written is no glob.
   *
   * @throws ConfigurationException with every path that matches no file
   */
  public static InputListing of(Configuration hadoop, List<String> paths) {
    Map<String, File> found = new TreeMap<>();
    List<Problem> problems = new ArrayList<>();
    for (String path : paths) {
      List<File> files = list(hadoop, path);
      if (files.isEmpty()) {
        problems.add(
            new Problem(
                path,
                "input.sources",
                "This input path matches no file. Check its spelling and that this user may read"
                    + " it; relative paths start at the folder in which the run was started."));
      }

      files.forEach(file -> found.put(file.path(), file));
    }

    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }

    return new InputListing(List.copyOf(found.values()));
  }

  /** Bytes of all files. */
  public long length() {
    return files.stream().mapToLong(File::length).sum();
  }

  public String fingerprint() {
    SortedMap<String, String> values = new TreeMap<>();
    files.forEach(file -> values.put(file.path(), file.length() + " " + file.modified()));
    return Fingerprint.of(values);
  }

  private static List<File> list(Configuration hadoop, String written) {
    Path path = new Path(written);
    try {
      FileSystem files = path.getFileSystem(hadoop);
      FileStatus[] matches =
          files.exists(path)
              ? new FileStatus[] {files.getFileStatus(path)}
              : files.globStatus(path);
      RunFiles below = RunFiles.of(hadoop, path);
      List<File> found = new ArrayList<>();
      for (FileStatus match : matches == null ? new FileStatus[0] : matches) {
        List<FileStatus> under =
            match.isDirectory() ? below.filesBelow(match.getPath()) : List.of(match);
        for (FileStatus file : under) {
          found.add(new File(file.getPath().toString(), file.getLen(), file.getModificationTime()));
        }
      }

      found.sort(Comparator.comparing(File::path));
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The input path " + written + " can't be listed: " + e.getMessage(), e);
    }
  }
}
