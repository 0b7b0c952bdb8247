package org.longspan.run;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A table or other output of a stage, as it was when the stage committed.
 *
 * @param name its name in the run directory
 * @param files number of files
 * @param bytes of all files
 * @param listing a fingerprint of the files' names and lengths; Spark gives the files of every
 *     write names of their own, so that another write has another listing
 */
public record Artifact(String name, long files, long bytes, String listing) {

  /** From the lengths of its files, by their names inside the artifact. */
  static Artifact measured(String name, SortedMap<String, Long> lengths) {
    SortedMap<String, String> values = new TreeMap<>();
    lengths.forEach((file, length) -> values.put(file, length.toString()));
    long bytes = lengths.values().stream().mapToLong(Long::longValue).sum();
    return new Artifact(name, lengths.size(), bytes, Fingerprint.of(values));
  }
}
